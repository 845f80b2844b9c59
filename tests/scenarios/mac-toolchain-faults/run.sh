# What a Mac refuses of Rosetta 2, Command Line Tools and Homebrew: no network, no password, the licence, nothing allowed on
# offer, no Homebrew; and what a policy does wrong.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
outcome() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null 2>&1 | sed '1,/nothing is deleted/d'; }
fresh() { rm -rf mac; cp -R "$SOURCE/examples/machines/m3-sonoma" mac; mkdir mac/faults; echo "--- $*"; }
cp "$SOURCE/examples/mac-toolchain.policy" .
fresh "no network"
touch mac/faults/no-network
outcome apply --yes --unsigned mac-toolchain.policy --machine mac --in-place
fresh "no password"
touch mac/faults/no-password
outcome apply --yes --unsigned mac-toolchain.policy --machine mac --in-place
fresh "the licence was not accepted, and Xcode stays selected"
rm mac/root/Library/Preferences/com.apple.dt.Xcode.plist
printf 'gopol 1.0\nenforce tools { brew.formula "delve" present }\nwarn license { xcode.app { license_accepted = true } }\n' >delve.policy
outcome apply --yes --unsigned delve.policy --machine mac --in-place
fresh "nothing allowed on offer"
printf 'gopol 1.0\nenforce clt { xcode.clt { version >= 26 }  xcode.select { developer_dir = clt } }\n' >newer.policy
outcome apply --yes --unsigned newer.policy --machine mac --in-place
fresh "no Homebrew; what does not need it converges"
rm mac/root/opt/homebrew/bin/brew
outcome apply --yes --unsigned mac-toolchain.policy --machine mac --in-place
fresh "gopol under Rosetta 2; brew runs natively all the same"
sed -i 's/^"sysctl.proc_translated" = 0/"sysctl.proc_translated" = 1/' mac/machine.toml
outcome apply --yes --unsigned delve.policy --machine mac --in-place
fresh "mistakes of a policy"
printf 'gopol 1.0\nenforce none { os.rosetta absent }\nenforce alias { brew.formula "golang" present }\n' >wrong.policy
run plan wrong.policy --machine mac
mkdir -p mac/root/Library/Apple/usr/libexec/oah
touch mac/root/Library/Apple/usr/libexec/oah/libRosettaRuntime
run plan wrong.policy --machine mac
printf 'gopol 1.0\nenforce app { xcode.select { developer_dir = "/Applications/Xcode.app" }  xcode.sdk { version = 14.5 } }\n' >worse.policy
run check worse.policy
