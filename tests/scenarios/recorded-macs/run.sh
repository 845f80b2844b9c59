# The recorded machines have one set of tools and one policy, which converges m3-sonoma and does not touch Linux.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"

echo "# one policy, and one set of tools"
run check "$SOURCE/examples/mac-fleet.policy"
run fmt --check "$SOURCE/examples/mac-fleet.policy"
for mac in "$machines"/m* "$machines"/intel-*; do
  diff -r "$sonoma/tools" "$mac/tools" || echo "${mac##*/} has other tools"
done
policy_for arm64 >fleet.policy
fresh m3-sonoma "Xcode, the tools and a Go of Homebrew"
converge

fresh linux-dev "no Mac: what is for Macs skips it, the rest converges"
run plan fleet.policy --machine mac
printf 'gopol 1.0\nimport "std/baseline@1" as base\nprofile box extends base.baseline { when os.family == linux }\n' >box.policy
run plan box.policy --machine mac
outcome apply --yes --unsigned box.policy --machine mac --in-place
run plan box.policy --machine mac
