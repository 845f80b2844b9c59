# What a change of a policy means, for other programs.
. "$SOURCE/tests/scenarios/go_fleet.sh"
sed -e 's/version = 1.22.1 /version = 1.23.4 /' base.policy >bumped.policy
sed -e 's/enforce go_proxy/warn go_proxy/' -e 's/version >= 14.3/version >= 26.1/' \
  -e 's/when    os.version < 14 and/when    os.version < 13 and/' base.policy >weakened.policy
echo 'waive go_machines.go_sums until 2030-01-01 { because "mirror moves"  owner "platform" }' >>weakened.policy

echo "# for other programs"
run diff base.policy weakened.policy --format json
run diff base.policy weakened.policy --format github
run diff base.policy weakened.policy --format junit --fail-on waiver
"$GOPOL" diff base.policy weakened.policy --format sarif >log.sarif
python3 - <<'P'
import json
run = json.load(open("log.sarif"))["runs"][0]
print([(one["ruleId"], one["level"]) for one in run["results"]])
P

run diff base.policy bumped.policy --fleet fleet --format junit --fail-on conflict
run diff base.policy bumped.policy --fleet fleet --format github --fail-on conflict
"$GOPOL" diff base.policy bumped.policy --fleet fleet --format sarif --fail-on conflict 2>/dev/null | grep -c '"ruleId": "D1003"'

echo "# a comment has room for 60,000 characters"
python3 - <<'P'
rules = [f'enforce rule_{i} {{ file "/opt/{i}/{"x" * 40}" {{ mode = "0644" }} }}' for i in range(1500)]
open("few.policy", "w").write("gopol 1.0\n")
open("many.policy", "w").write("gopol 1.0\n" + "\n".join(rules) + "\n")
P
"$GOPOL" diff few.policy many.policy --format markdown --fleet fleet >comment.md
python3 -c '
text = open("comment.md").read()
print(len(text) <= 60000, text.count("rule_"), text.count("|\n"), text.endswith("\n"), text.count("<details>") == text.count("</details>"))'
grep 'more rules' comment.md
