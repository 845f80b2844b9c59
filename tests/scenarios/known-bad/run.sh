# A plan says which Go does not go together with the machine: its macOS, its tools, as they are once it is applied.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
machines=$SOURCE/examples/machines
pin() { printf 'gopol 1.0\nenforce go {\n  when os.family == macos\n  go.toolchain "default" { version = %s }\n%s}\n' "$1" "$2"; }
pin 1.22.2 "" >old.policy
pin 1.26.7 "" >new.policy
run plan old.policy --machine "$machines/m4-tahoe-managed"
run plan new.policy --machine "$machines/m4-tahoe-managed"
echo "# what one may live with is said if asked"
run plan old.policy --machine "$machines/m3-sonoma"
run plan -v old.policy --machine "$machines/m3-sonoma"
echo "# GOFLAGS mend it, whoever sets them"
pin 1.22.12 '  go.env { GOFLAGS = ["-ldflags=-B=gobuildid"] }
' >mended.policy
run plan mended.policy --machine "$machines/m4-tahoe-managed"
echo "# on recorded facts, and on few of them"
"$GOPOL" facts --machine "$machines/intel-sequoia" --policy old.policy --record intel.json >/dev/null
run plan old.policy --facts intel.json
"$GOPOL" facts go.toolchain os.family --machine "$machines/intel-sequoia" --policy old.policy --record few.json >/dev/null
run plan old.policy --facts few.json
echo "# a Go that only a guard asks about"
cat >guard.policy <<'P'
gopol 1.0
enforce env { when go.toolchain["/opt/homebrew/Cellar/go/1.22.4/libexec"].version < 1.25  go.env { GOTOOLCHAIN = local } }
P
cp -R "$machines/m3-sonoma" mac && chmod -R u+w mac
sed -i 's/14\.5/26.1/' mac/machine.toml mac/root/System/Library/CoreServices/.SystemVersionPlatform.plist
run plan guard.policy --machine mac
echo "# silenced by who knows better"
sed 's/^  go.toolchain/  # gopol:ignore L415 until 2099-01-01 because "the farm links externally"\n&/' old.policy >silenced.policy
run plan silenced.policy --machine "$machines/m4-tahoe-managed"
echo "# for other programs the plan stays whole"
"$GOPOL" plan old.policy --json --machine "$machines/m4-tahoe-managed" 2>/dev/null | python3 -c 'import json, sys; print(json.load(sys.stdin)["summary"])'
echo "# the table is read only where a plan of a Mac has something to do"
opened() { strace -f -e trace=openat -o log "$GOPOL" plan "$@" >/dev/null 2>&1; grep -c known-bad log; }
printf 'gopol 1.0\nenforce a { go.env { GOPROXY = [direct]  GOSUMDB = "sum.golang.org" } }\n' >env.policy
opened env.policy --machine "$machines/m4-tahoe-managed"
opened old.policy --machine "$machines/linux-dev"
opened old.policy --machine "$machines/m4-tahoe-managed"
