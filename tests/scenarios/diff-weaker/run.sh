# What a change of a policy means where a rule asks less.
. "$SOURCE/tests/scenarios/go_fleet.sh"

echo "# a rule asks less, another more of people"
sed -e 's/enforce go_proxy/warn go_proxy/' -e 's/version >= 14.3/version >= 26.1/' \
  -e 's/when    os.version < 14 and/when    os.version < 13 and/' base.policy >weakened.policy
echo 'waive go_machines.go_sums until 2030-01-01 { because "mirror moves"  owner "platform" }' >>weakened.policy
run diff base.policy weakened.policy --fleet fleet
run diff base.policy weakened.policy --fleet fleet --format markdown --fail-on weaker,irreversible,sudo
