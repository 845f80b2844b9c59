# What `gopol check` prints for code scanning.
. "$SOURCE/tests/scenarios/checked_policy.sh"
run check --format sarif one.policy
outline check --format sarif --fail-on L404,L405 dev.policy
