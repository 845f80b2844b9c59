# gopol plan --out, gopol apply PLAN: what was agreed to is done; what is otherwise now is refused, item by item.
. "$SOURCE/tests/scenarios/planned_policy.sh"
echo 'GOSUMDB=off' >>"mac/$envfile"

echo "# saved and made so; a second time nothing is left to do"
before=$(state)
run plan dev.policy --machine mac --out agreed.plan
[ "$(state)" = "$before" ] && echo "the machine is as it was"
ls -l agreed.plan | cut -c 1-10
grep -v -E '"(machine|at|folder|sha256|facts|ledger|knowledge|version)"' agreed.plan | head -44
run apply --yes --unsigned agreed.plan --machine mac --in-place
run apply --yes --unsigned agreed.plan --machine mac --in-place

echo "# one value moved, one is as planned already, one is new"
fresh; echo 'GOSUMDB=off' >>"mac/$envfile"
sed -i 's/^enforce where/enforce where { when os.version < 12/; s/{ when os.version < 12 {/{ when os.version < 12 /' dev.policy
run plan dev.policy --machine mac --out agreed.plan --json | tail -8
sed -i 's/^GOPROXY=.*/GOPROXY=off/; s/^GOSUMDB=.*/GOSUMDB=corp.example/' "mac/$envfile"
printf 'welcome\n' >mac/root/Users/dev/motd && chmod 600 mac/root/Users/dev/motd
run apply --yes --unsigned agreed.plan --machine mac --in-place
cat "mac/$envfile"

echo "# what was right when planned and is not now was never agreed to"
fresh
run plan dev.policy --machine mac --out agreed.plan
echo 'GOSUMDB=off' >>"mac/$envfile"
run apply --yes --unsigned agreed.plan --machine mac --in-place

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
run apply --yes --unsigned guarded.plan --machine mac --in-place
cat "mac/$envfile"
