# What a change of a policy means: two as teams make them.
. "$SOURCE/tests/scenarios/go_fleet.sh"

echo "# a refactoring without effect"
sed -e '/^let proxy/d' -e 's/\[proxy, direct\]/["https:\/\/goproxy.corp.example", direct]/' \
  -e 's/os.family in \[linux, macos\]/os.family == macos or os.family == linux/' \
  -e 's/  enforce go_sums/  enforce checksums/' base.policy >refactored.policy
run diff base.policy refactored.policy --fleet fleet
run diff base.policy refactored.policy --fleet fleet --format markdown

echo "# a pin goes up, and disagrees with another rule somewhere"
sed -e 's/version = 1.22.1 /version = 1.23.4 /' base.policy >bumped.policy
run diff base.policy bumped.policy --fleet fleet
run diff base.policy bumped.policy --fleet fleet --format markdown --fail-on conflict
