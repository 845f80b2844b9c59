# gopol diff BASE..HEAD: the policy at two commits, read from their objects, imports and files included.
. "$SOURCE/tests/scenarios/team_history.sh"
echo "# a branch against the one it goes to, and what it did itself"
run diff main..work
run diff main...work
run diff v1..
run diff v1.. --format github
run diff v1..work --fail-on weaker
run diff HEAD~1..HEAD --json | grep -E '"(was|is|rule|place)"'

echo "# the commits count, not what lies in the folder"
echo nonsense >dev.policy && rm -r lib
run diff v1..HEAD
git checkout -q . && git status --short

echo "# the policy is new, or gone"
run diff start..v1
run diff v1..start
run diff start..start
