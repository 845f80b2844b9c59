# A saved plan is refused as a whole: another policy, machine, knowledge or text than was agreed to.
. "$SOURCE/tests/scenarios/planned_policy.sh"
sed -i 's/^enforce where/enforce where { when os.version < 12/; s/{ when os.version < 12 {/{ when os.version < 12 /' dev.policy

echo "# refused as a whole"
fresh
before=$(state)
run plan dev.policy --machine mac --out agreed.plan | tail -2
cp dev.policy kept && sed -i 's/welcome/hello/' dev.policy
run apply --yes --unsigned agreed.plan --machine mac --in-place
cp kept dev.policy && echo '# a word' >>lib/flags.policy
run apply --yes --unsigned agreed.plan --machine mac --in-place
sed -i '$d' lib/flags.policy
mv dev.policy away.policy
run apply --yes --unsigned agreed.plan --machine mac --in-place
mv away.policy dev.policy
run apply --yes --unsigned agreed.plan --machine "$SOURCE/examples/machines/linux-dev"
cp -R "$SOURCE/share" share && echo >>share/knowledge/myths.tsv
GOPOL_SHARE="$PWD/share" run apply --yes --unsigned agreed.plan --machine mac --in-place
head -c 900 agreed.plan >cut.plan
run apply --yes --unsigned cut.plan --machine mac --in-place
sed 's/welcome/hello/' agreed.plan >other.plan
run apply --yes --unsigned other.plan --machine mac --in-place
echo '{"gopol": "ledger"}' >ledger.plan
run apply --yes --unsigned ledger.plan --machine mac --in-place
python3 - <<'P'
import hashlib, json
for name, change in (("newer", {"schema": 99}), ("older", {"version": "0.0.1"}), ("odd", {"items": {"a": [1, None]}})):
    plan = json.load(open("agreed.plan"))
    plan.update(change)
    plan.pop("sha256")
    plan["sha256"] = hashlib.sha256(json.dumps(plan, indent=1, ensure_ascii=False).encode()).hexdigest()
    json.dump(plan, open(name + ".plan", "w"), indent=1, ensure_ascii=False)
P
for name in newer older odd; do run apply --yes --unsigned $name.plan --machine mac --in-place; done
run apply --yes --unsigned agreed.plan --source "$PWD" --machine mac
run apply --yes --unsigned nope.plan --machine mac
run plan dev.policy --facts nope --out agreed.plan
run plan dev.policy --machine mac --out nowhere/is/../agreed.plan | tail -1
run plan dev.policy --machine mac --out lib
[ "$(state)" = "$before" ] && echo "the machine is as it was"

echo "# from another folder the policy is found all the same"
mkdir sub && cd sub
run apply --yes --unsigned ../agreed.plan --machine ../mac | tail -5
