# What only a person may do, step by step, on a recorded Mac.
. "$SOURCE/tests/wait_for.sh"
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
guide() { slot=$1; shift; run guide "$slot" --machine mac "$@"; }
terminal='tcc.grant["com.apple.Terminal"]'
guide 'tcc.grant["com.googlecode.iterm2"].SystemPolicyAllFiles'
guide "$terminal.SystemPolicyAllFiles"
guide "$terminal.SystemPolicyAllFiles" --want denied
guide "$terminal.SystemPolicyAllFiles" --want undetermined
guide 'tcc.grant["/usr/local/bin/dlv"].Accessibility' --want undetermined
guide "$terminal.DeveloperTool"
guide "$terminal.Pasteboard" --want maybe
guide go.env.GOPROXY
guide xcode.app.version
guide nonsense.nothing
guide tcc.grant
echo "--- the policy says what is wanted"
cat >access.policy <<'P'
gopol 1.0
warn files { tcc.grant "com.apple.Terminal" { SystemPolicyAllFiles in [denied, undetermined] } }
warn elsewhere { when os.version < 13  tcc.grant "com.apple.Terminal" { Camera = denied } }
P
run guide "$terminal.SystemPolicyAllFiles" access.policy --machine mac
run guide "$terminal.Camera" access.policy --machine mac
echo "--- it waits, and ends when it is done"
guide firewall.state --want off --wait 30 >said 2>&1 &
wait_for "gopol waits" grep -q "^waiting until it is" said
echo 0 >off && mv off mac/firewall.txt
wait
cat said
guide firewall.state --want block_all
echo 'System Integrity Protection status: disabled.' >mac/sip.txt
guide sip.enabled
echo "--- an older macOS, the newest, and none"
sed -i 's/14\.5/12.7/' mac/machine.toml mac/root/System/Library/CoreServices/.SystemVersionPlatform.plist
guide "$terminal.Accessibility"
sed -i 's/12\.7/27.0/' mac/machine.toml mac/root/System/Library/CoreServices/.SystemVersionPlatform.plist
guide "$terminal.Camera"
run guide firewall.state --machine "$SOURCE/examples/machines/linux-dev"
