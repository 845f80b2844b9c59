# Rosetta 2, Command Line Tools, Homebrew and developer mode on the recorded Mac: plan, apply, an empty plan; and on Linux.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
fresh() { rm -rf mac; cp -R "$SOURCE/examples/machines/m3-sonoma" mac; mkdir mac/faults; echo "--- $*"; }
cp "$SOURCE/examples/mac-toolchain.policy" .
fresh "a Mac that is behind"
state() { (cd mac && find . | sort | cksum && find . -type f -exec cksum {} + | sort | cksum); }
before=$(state)
run plan mac-toolchain.policy --machine mac
[ "$(state)" = "$before" ] && echo "the plan wrote nothing"
run apply --yes --unsigned mac-toolchain.policy --machine mac --in-place
run plan mac-toolchain.policy --machine mac
run facts --machine mac xcode.clt.version xcode.select.why xcode.sdk.versions 'brew.formula["delve"].version' \
  'brew.formula["go"].kegs' debug.developer_mode os.rosetta.exists
readlink mac/root/var/db/xcode_select_link
ls -A mac/root/private/tmp
echo "--- a Linux machine"
run plan mac-toolchain.policy --machine "$SOURCE/examples/machines/linux-dev"
sed -e '/when /d' -e '/enforce translation/,/^  }/d' mac-toolchain.policy >unguarded.policy
run plan unguarded.policy --machine "$SOURCE/examples/machines/linux-dev"
