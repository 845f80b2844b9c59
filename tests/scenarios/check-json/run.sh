# What `gopol check` prints for programs.
. "$SOURCE/tests/scenarios/checked_policy.sh"
run check --format json one.policy
outline check --format json dev.policy
