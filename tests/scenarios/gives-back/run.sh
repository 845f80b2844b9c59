# A rule goes away: what was there before comes back, shown first; what is kept, and why; what was undone is held.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
env_of_go='mac/root/Users/dev/Library/Application Support/go/env'
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
cat >both.policy <<'P'
gopol 1.0
enforce env {
  because "module paths stay inside, PLAT-7"
  go.env {
    GOPROXY = ["https://goproxy.corp.example", direct]
    GOFLAGS includes ["-mod=mod"]
  }
}
enforce motd {
  because "everybody reads it"
  file "${user.home}/work/motd" { content = "welcome" mode = "0640" }
}
P
cp both.policy team.policy
cat "$env_of_go"
"$GOPOL" apply --yes --unsigned team.policy --machine mac --in-place | tail -1
echo "# somebody adds a flag; then the rule is gone"
sed -i 's/-mod=mod/-mod=mod -v/' "$env_of_go"
printf 'gopol 1.0\n' >team.policy
run plan team.policy --machine mac
run plan team.policy --machine mac --keep
run why go.env.GOPROXY team.policy --machine mac
run apply --yes --unsigned team.policy --machine mac --in-place --keep
run apply --yes --unsigned team.policy --machine mac --in-place
cat "$env_of_go"
ls mac/root/Users/dev/work 2>&1 | grep -c motd
run plan team.policy --machine mac
echo "# a condition that is false here, and one that may be true again"
cp both.policy team.policy
"$GOPOL" apply --yes --unsigned team.policy --machine mac --in-place | tail -1
sed 's/^enforce env {/&\n  when os.family == linux/; s/^enforce motd {/&\n  when run.date < 2020-01-01/' both.policy >team.policy
run plan team.policy --machine mac
run apply --yes --unsigned team.policy --machine mac --in-place
echo "# what was taken back is held, and says so"
run undo --yes motd --machine mac --in-place
cp both.policy team.policy
run plan team.policy --machine mac
"$GOPOL" apply --yes --unsigned team.policy --machine mac --in-place | tail -1
run undo --yes go.env.GOPROXY --machine mac --in-place
run plan team.policy --machine mac
"$GOPOL" plan team.policy --machine mac --json | grep -A 1 '"state": "held"'
run apply --yes --unsigned team.policy --machine mac --in-place
run apply --yes --unsigned team.policy --machine mac --in-place --end-holds
