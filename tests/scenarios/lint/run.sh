# Lints: which are shown, and what they do to the exit code.
. "$SOURCE/tests/scenarios/linted_policy.sh"
run check dev.policy
short check -v dev.policy
short check --fail-on warning dev.policy
short check --fail-on note dev.policy
