# What a change of a policy means: folders, several fleets, names that are hashed, bad input.
. "$SOURCE/tests/scenarios/go_fleet.sh"
sed -e 's/version = 1.22.1 /version = 1.23.4 /' base.policy >bumped.policy

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

echo "# who keeps whose name"
printf "of our fleet" >fleet.key
"$GOPOL" facts --machine "$SOURCE/examples/machines/m3-sonoma" --policy base.policy --record plain.json user machine >/dev/null
"$GOPOL" facts --machine "$SOURCE/examples/machines/m3-sonoma" --policy base.policy --record hashed.json --redact --key fleet.key user machine >/dev/null
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
