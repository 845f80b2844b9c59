# A recorded Mac that was upgraded: what gopol reads of it, what it finds there, and what one policy for all makes of it.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"
policy_for arm64 >fleet.policy
printf 'gopol 1.0\nenforce old_tools { os.rosetta present }\n' >rosetta.policy

fresh m3-goldengate "an upgrade took Rosetta 2"
look 'go.toolchain["/Users/dev/sdk/go1.19.13"].arch' "$terminal.SystemPolicyAllFiles" "$terminal.AppleEvents"
converge
run why go --machine mac
run doctor --machine mac
run plan rosetta.policy --machine mac
outcome apply --yes --unsigned rosetta.policy --machine mac --in-place
run facts --machine mac os.rosetta.exists

echo "=== tccutil takes away, and says why not"
tool() {
  echo "\$ $*"
  name=$1
  shift
  GOPOL_ROOT="$PWD/mac/root" HOME=/Users/dev USER=dev "mac/tools/$name" "$@"
  echo "exit $?"
}
tool tccutil reset SystemPolicyAllFiles com.apple.Terminal
tool tccutil reset Camera com.apple.Terminal
tool tccutil reset All com.example.gone
tool tccutil reset LocalNetwork
tool tccutil reset SystemPolicyAllFiles /opt/homebrew/bin/dlv
tool sudo -n tccutil reset LocalNetwork com.apple.Terminal
tool sudo -n tccutil reset Calendar
tool tccutil list
