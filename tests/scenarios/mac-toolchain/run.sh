# Rosetta 2, Command Line Tools, Homebrew and developer mode on the recorded Mac: plan, apply, an empty plan; then
# what a Mac refuses: no network, no password, the licence, nothing allowed on offer, no Homebrew.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
outcome() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1 | sed '1,/nothing is deleted/d'; }
fresh() { rm -rf mac; cp -R "$SOURCE/examples/machines/m3-sonoma" mac; mkdir mac/faults; echo "--- $*"; }
cp "$SOURCE/examples/mac-toolchain.policy" .
fresh "a Mac that is behind"
state() { (cd mac && find . | sort | cksum && find . -type f -exec cksum {} + | sort | cksum); }
before=$(state)
run plan mac-toolchain.policy --machine mac
[ "$(state)" = "$before" ] && echo "the plan wrote nothing"
run apply mac-toolchain.policy --machine mac --in-place
run plan mac-toolchain.policy --machine mac
run facts --machine mac xcode.clt.version xcode.select.why xcode.sdk.versions 'brew.formula["delve"].version' \
  'brew.formula["go"].kegs' debug.developer_mode os.rosetta.exists
readlink mac/root/var/db/xcode_select_link
ls -A mac/root/private/tmp

fresh "no network"
touch mac/faults/no-network
outcome apply mac-toolchain.policy --machine mac --in-place
fresh "no password"
touch mac/faults/no-password
outcome apply mac-toolchain.policy --machine mac --in-place
fresh "the licence was not accepted, and Xcode stays selected"
rm mac/root/Library/Preferences/com.apple.dt.Xcode.plist
printf 'gopol 1.0\nenforce tools { brew.formula "delve" present }\nwarn license { xcode.app { license_accepted = true } }\n' >delve.policy
outcome apply delve.policy --machine mac --in-place
fresh "nothing allowed on offer"
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 26 }  xcode.select { developer_dir = clt } }\n' >newer.policy
outcome apply newer.policy --machine mac --in-place
fresh "no Homebrew; what does not need it converges"
rm mac/root/opt/homebrew/bin/brew
outcome apply mac-toolchain.policy --machine mac --in-place
fresh "gopol under Rosetta 2; brew runs natively all the same"
sed -i 's/^"sysctl.proc_translated" = 0/"sysctl.proc_translated" = 1/' mac/machine.toml
outcome apply delve.policy --machine mac --in-place
fresh "mistakes of a policy"
printf 'gopol 1.0\nenforce none { os.rosetta absent }\nenforce alias { brew.formula "golang" present }\n' >wrong.policy
run plan wrong.policy --machine mac
mkdir -p mac/root/Library/Apple/usr/libexec/oah
touch mac/root/Library/Apple/usr/libexec/oah/libRosettaRuntime
run plan wrong.policy --machine mac
printf 'gopol 1.0\nenforce app { xcode.select { developer_dir = "/Applications/Xcode.app" }  xcode.sdk { version = 14.5 } }\n' >worse.policy
run check worse.policy
echo "--- a Linux machine"
run plan mac-toolchain.policy --machine "$SOURCE/examples/machines/linux-dev"
sed -e '/when /d' -e '/enforce translation/,/^  }/d' mac-toolchain.policy >unguarded.policy
run plan unguarded.policy --machine "$SOURCE/examples/machines/linux-dev"
