# A recorded Mac with the tools alone: what gopol reads of it, what it finds there, and what one policy for all makes of it.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"
policy_for arm64 >fleet.policy

fresh m1-ventura-clt "the tools, the Go package, nothing else"
look 'go.toolchain["/usr/local/go"].version' 'go.toolchain["/usr/local/go"].origin'
converge
echo "# a person installs Homebrew"
mkdir -p mac/root/opt/homebrew/bin
cp "$sonoma/root/opt/homebrew/bin/brew" mac/root/opt/homebrew/bin/
outcome apply --yes --unsigned fleet.policy --machine mac --in-place
run plan fleet.policy --machine mac
run why go --machine mac
echo "# what Apple has nothing of for this macOS"
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 16 } }\n' >newer.policy
outcome apply --yes --unsigned newer.policy --machine "$machines/m1-ventura-clt"
