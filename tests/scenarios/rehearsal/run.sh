# A plan is tried on a copy of the machine: what would not work any more is said, and refused without `--break`.
machines=$SOURCE/examples/machines
run() { "$GOPOL" "$@"; echo "exit $?"; }
printf 'gopol 1.0\nenforce local { go.env { GOTOOLCHAIN = local } }\n' >local.policy
cp -R "$machines/m4-tahoe-managed" mac && chmod -R u+w mac
run plan local.policy --machine mac
"$GOPOL" plan --json local.policy --machine mac | sed -n '/"afterwards"/,/^  \]/p'
run apply --yes --unsigned local.policy --machine mac --in-place
cat "mac/root/Users/dev/Library/Application Support/go/env" 2>/dev/null
run apply --yes --unsigned local.policy --machine mac --in-place --break
run plan local.policy --machine mac
echo "# what nothing depends on, and what is better"
printf 'gopol 1.0\nenforce quiet { go.env { GOFLAGS includes ["-trimpath"] } }\n' >quiet.policy
run plan quiet.policy --machine "$machines/m3-sonoma"
"$GOPOL" explain R4009 | head -n 3
