# What `gopol check` prints for people and pull requests.
. "$SOURCE/tests/scenarios/checked_policy.sh"
run check dev.policy
run check --format github --fail-on warning -v dev.policy
printf 'gopol 1.0\nenforce a {\n  when os.verison == 14\n}\n' >'50%, twice: b.policy'
run check --format github '50%, twice: b.policy'
run check --format xml dev.policy
run check --fail-on warnings dev.policy
