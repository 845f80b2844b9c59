# What a change of a policy means: three as teams make them, gates, other formats, bad input.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
cat >base.policy <<'E'
gopol 1.0
let proxy = "https://goproxy.corp.example"
profile go_machines {
  when  os.family in [linux, macos]
  owner "platform"
  enforce go_version {
    because "one release for all, PLAT-12"
    go.toolchain "default" { version = 1.22.1 }
  }
  enforce go_proxy {
    because "module paths stay inside, PLAT-7"
    go.env { GOPROXY = [proxy, direct] }
  }
  enforce go_sums { because "SEC-3"  go.env { GOSUMDB = "sum.golang.org" } }
  enforce clt     { when os.family == macos  because "cgo"  xcode.clt { version >= 14.3 } }
}
enforce payments_pin {
  when    os.version < 14 and os.family == macos
  because "the build farm's release, PAY-9"
  owner   "payments"
  go.toolchain "default" { version in 1.22.x }
}
E
mkdir fleet
for machine in "$SOURCE"/examples/machines/*/; do
  name=$(basename "$machine")
  "$GOPOL" facts --machine "$machine" --policy base.policy --record "fleet/$name.json" >/dev/null || exit 1
done
sed -i 's/"recorded": "[^"]*"/"recorded": "2026-11-20T08:00:00Z"/' fleet/*.json

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

echo "# a rule asks less, another more of people"
sed -e 's/enforce go_proxy/warn go_proxy/' -e 's/version >= 14.3/version >= 26.1/' \
  -e 's/when    os.version < 14 and/when    os.version < 13 and/' base.policy >weakened.policy
echo 'waive go_machines.go_sums until 2030-01-01 { because "mirror moves"  owner "platform" }' >>weakened.policy
run diff base.policy weakened.policy --fleet fleet
run diff base.policy weakened.policy --fleet fleet --format markdown --fail-on weaker,irreversible,sudo

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

echo "# folders, and one machine a line"
mkdir old new lines
cp base.policy old/ && cp bumped.policy new/
cat fleet/m3-sonoma.json fleet/linux-dev.json | python3 -c '
import json, sys
text, decoder, at = sys.stdin.read(), json.JSONDecoder(), 0
while at < len(text.rstrip()):
    one, at = decoder.raw_decode(text, at)
    one.pop("machine"), one.pop("recorded")
    print(json.dumps(one))
    at += 1' >lines/two.ndjson
printf '\nno snapshot\n' >>lines/two.ndjson
run diff old new --fleet lines

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

echo "# who keeps whose name"
"$GOPOL" facts --machine "$SOURCE/examples/machines/m3-sonoma" --policy base.policy --record plain.json user machine >/dev/null
"$GOPOL" facts --machine "$SOURCE/examples/machines/m3-sonoma" --policy base.policy --record hashed.json --redact user machine >/dev/null
python3 - <<'P'
import json
plain, hashed = json.load(open("plain.json")), json.load(open("hashed.json"))
def values(one): return {f["slot"]["family"] + "." + f["slot"]["attribute"]: f["value"] for f in one["facts"]}
name = values(plain)["user.name"]
print(name, plain["machine"], hashed["machine"], values(hashed)["user.name"], values(hashed)["user.home"])
print(any(f"/{name}" in json.dumps(f) for f in hashed["facts"]))
P

echo "# bad input"
run diff base.policy
run diff base.policy nowhere.policy
run diff base.policy bumped.policy --fleet nowhere
mkdir empty
run diff base.policy bumped.policy --fleet empty
run diff empty bumped.policy
run diff base.policy bumped.policy --fail-on weakr
run diff base.policy bumped.policy --format toml
echo 'gopol 1.0 enforce' >broken.policy
run diff base.policy broken.policy
