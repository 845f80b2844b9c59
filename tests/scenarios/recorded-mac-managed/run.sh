# A recorded Mac with an MDM: what gopol reads of it, what it finds there, and what one policy for all makes of it.
. "$SOURCE/tests/scenarios/fleet_of_macs.sh"

fresh m4-tahoe-managed "an MDM, and a user who is no administrator"
policy_for arm64 >fleet.policy
look "$terminal.SystemPolicyAllFiles" "$terminal.ScreenCapture" "$code.SystemPolicyAllFiles" firewall.state
run why go shop --machine mac
converge
run guide "$terminal.ScreenCapture" --machine mac
echo "# made an administrator"
echo dev >>mac/root/private/var/db/dslocal/nodes/Default/groups/admin
outcome apply --yes --unsigned fleet.policy --machine mac --in-place
run plan fleet.policy --machine mac
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 27 } }\n' >newer.policy
outcome apply --yes --unsigned newer.policy --machine mac --in-place
