# A recorded Mac with two Homebrews: what gopol reads of it, what it finds there, and what one policy for all makes of it.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"
policy_for arm64 >fleet.policy

fresh m2-sequoia-mixed-brew "an x86_64 Homebrew first in PATH"
look 'go.toolchain["/usr/local/Cellar/go/1.21.6/libexec"].arch' go.env.GOARCH "$terminal.SystemPolicyAllFiles" \
  "$code.SystemPolicyAllFiles" firewall.state
converge
run why go --machine mac
run facts --machine mac 'go.toolchain["default"].arch' 'go.toolchain["default"].first_on_path'
run doctor --machine mac
echo "# without signatures, whom a decision means cannot be told"
rm mac/signatures.txt
run facts --machine mac "$code.SystemPolicyAllFiles"
echo "# only the Intel Homebrew is left; then Rosetta 2 goes"
rm mac/root/opt/homebrew/bin/brew
printf 'gopol 1.0\nenforce tools { brew.formula "delve" present }\n' >delve.policy
printf 'gopol 1.0\nenforce jq { brew.formula "jq" { version >= 1.8 } }\n' >jq.policy
run plan delve.policy --machine mac
outcome apply --yes --unsigned delve.policy --machine mac --in-place
run facts --machine mac brew.install.prefixes brew.install.translated 'brew.formula["delve"].arch'
rm mac/root/Library/Apple/usr/libexec/oah/libRosettaRuntime
outcome apply --yes --unsigned jq.policy --machine mac --in-place
