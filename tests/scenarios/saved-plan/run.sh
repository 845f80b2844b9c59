# gopol plan --out, gopol apply PLAN: what was agreed to is done; what is otherwise now is refused, item by item.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
envfile="root/Users/dev/Library/Application Support/go/env"
fresh() { rm -rf mac && cp -R "$SOURCE/examples/machines/m3-sonoma" mac; }
state() { (cd mac && find . -type f -exec cksum {} + | sort | cksum); }
fresh
mkdir lib
cat >dev.policy <<'P'
gopol 1.0
import "lib/flags.policy" as flags
profile mine extends flags.all {}
enforce proxy { because "PLAT-7"  go.env { GOPROXY = ["https://goproxy.corp.example", direct] } }
enforce sums  { because "SEC-3"   go.env { GOSUMDB = "sum.golang.org" } }
enforce where { because "PLAT-9"  go.env { GOBIN = "${user.home}/bin" } }
enforce motd  { after sums  because "PLAT-8"  file "${user.home}/motd" { content = "welcome\n"  mode = "0644" } }
P
printf 'gopol 1.0\nprofile all { enforce flags { go.env { GOFLAGS includes ["-trimpath"] } } }\n' >lib/flags.policy
echo 'GOSUMDB=off' >>"mac/$envfile"

echo "# saved and made so; a second time nothing is left to do"
before=$(state)
run plan dev.policy --machine mac --out agreed.plan
[ "$(state)" = "$before" ] && echo "the machine is as it was"
ls -l agreed.plan | cut -c 1-10
grep -v -E '"(machine|at|folder|sha256|facts|ledger|knowledge|version)"' agreed.plan | head -40
run apply agreed.plan --machine mac --in-place
run apply agreed.plan --machine mac --in-place

echo "# one value moved, one is as planned already, one is new"
fresh; echo 'GOSUMDB=off' >>"mac/$envfile"
sed -i 's/^enforce where/enforce where { when os.version < 12/; s/{ when os.version < 12 {/{ when os.version < 12 /' dev.policy
run plan dev.policy --machine mac --out agreed.plan --json | tail -8
sed -i 's/^GOPROXY=.*/GOPROXY=off/; s/^GOSUMDB=.*/GOSUMDB=corp.example/' "mac/$envfile"
printf 'welcome\n' >mac/root/Users/dev/motd && chmod 600 mac/root/Users/dev/motd
run apply agreed.plan --machine mac --in-place
cat "mac/$envfile"

echo "# what was right when planned and is not now was never agreed to"
fresh
run plan dev.policy --machine mac --out agreed.plan
echo 'GOSUMDB=off' >>"mac/$envfile"
run apply agreed.plan --machine mac --in-place

echo "# rules ask for other things since the machine is another version"
fresh
cat >guarded.policy <<'P'
gopol 1.0
enforce old { when os.version < 15   go.env { GOPROXY = "https://old.example" } }
enforce new { when os.version >= 15  go.env { GOPROXY = "https://new.example" } }
enforce all { when os.version < 15   go.env { GOSUMDB = off } }
enforce any { go.env { GOFLAGS includes ["-v"] } }
P
run plan guarded.policy --machine mac --out guarded.plan
plist=$(find mac -name '.SystemVersionPlatform.plist' | head -1)
sed -i 's/>14\.[0-9.]*</>15.1</' "$plist"
run apply guarded.plan --machine mac --in-place
cat "mac/$envfile"

echo "# refused as a whole"
fresh
before=$(state)
run plan dev.policy --machine mac --out agreed.plan | tail -2
cp dev.policy kept && sed -i 's/welcome/hello/' dev.policy
run apply agreed.plan --machine mac --in-place
cp kept dev.policy && echo '# a word' >>lib/flags.policy
run apply agreed.plan --machine mac --in-place
sed -i '$d' lib/flags.policy
mv dev.policy away.policy
run apply agreed.plan --machine mac --in-place
mv away.policy dev.policy
run apply agreed.plan --machine "$SOURCE/examples/machines/linux-dev"
cp -R "$SOURCE/share" share && echo >>share/knowledge/myths.tsv
GOPOL_SHARE="$PWD/share" run apply agreed.plan --machine mac --in-place
head -c 900 agreed.plan >cut.plan
run apply cut.plan --machine mac --in-place
sed 's/welcome/hello/' agreed.plan >other.plan
run apply other.plan --machine mac --in-place
echo '{"gopol": "ledger"}' >ledger.plan
run apply ledger.plan --machine mac --in-place
python3 - <<'P'
import hashlib, json
for name, change in (("newer", {"schema": 2}), ("older", {"version": "0.0.1"}), ("odd", {"items": {"a": [1, None]}})):
    plan = json.load(open("agreed.plan"))
    plan.update(change)
    plan.pop("sha256")
    plan["sha256"] = hashlib.sha256(json.dumps(plan, indent=1, ensure_ascii=False).encode()).hexdigest()
    json.dump(plan, open(name + ".plan", "w"), indent=1, ensure_ascii=False)
P
for name in newer older odd; do run apply $name.plan --machine mac --in-place; done
run apply agreed.plan --source "$PWD" --machine mac
run apply nope.plan --machine mac
run plan dev.policy --facts nope --out agreed.plan
run plan dev.policy --machine mac --out nowhere/is/../agreed.plan | tail -1
run plan dev.policy --machine mac --out lib
[ "$(state)" = "$before" ] && echo "the machine is as it was"

echo "# from another folder the policy is found all the same"
mkdir sub && cd sub
run apply ../agreed.plan --machine ../mac | tail -5

echo "# a policy that nobody signed stays one"
cd ..
printf 'gopol 1.0\nenforce m { file "${user.home}/motd" { content = "hi\\n" } }\n' >own.policy
run plan own.policy --out own.plan
run apply own.plan --yes
run apply own.plan --yes --unsigned
cat "$HOME/motd"

echo "# of a configured source: the commit that was pulled when it was planned, no other"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
export GIT_AUTHOR_DATE=2026-11-01T10:00:00Z GIT_COMMITTER_DATE=2026-11-01T10:00:00Z
git init -q -b main team && cp own.policy team/ && git -C team add . && git -C team commit -qm one
mkdir -p "$HOME/.config/gopol" && rm "$HOME/motd"
printf '[[source]]\nurl = "file://%s/team"\ntrust = "none"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"
run pull
run plan --out source.plan | tail -2
sed -i 's/hi/hello/' team/own.policy && git -C team commit -qam two
run apply source.plan --yes | tail -2
rm "$HOME/motd"
run pull
run apply source.plan --yes
ls "$HOME/motd"
