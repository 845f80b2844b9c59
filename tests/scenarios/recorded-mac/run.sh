# The demo's policy on the recorded Mac: plan, apply on a scratch copy, apply in place, an empty plan, drift.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
cp "$SOURCE/examples/mac-go.policy" .
mkdir -p "$HOME/.config/gopol"
printf '[download]\ngo = "file://%s/examples/mirror"\n' "$SOURCE" >"$HOME/.config/gopol/gopol.toml"
state() { (cd mac && find . | sort | cksum && find . -type f -exec cksum {} + | sort | cksum); }
before=$(state)
run plan mac-go.policy --machine mac
run apply --yes --unsigned mac-go.policy --machine mac
[ "$(state)" = "$before" ] && echo "the recording is as it was"
run apply --yes --unsigned mac-go.policy --machine mac --in-place
run plan mac-go.policy --machine mac
cat "mac/root/Users/dev/Library/Application Support/go/env" mac/root/Users/dev/.zprofile
readlink mac/root/Users/dev/.local/share/gopol/go/current
cat mac/root/Users/dev/.local/share/gopol/go/current/VERSION 2>/dev/null | head -1
run facts --machine mac 'go.toolchain["default"].version' 'go.toolchain["default"].first_on_path'
sed -i 's/^GOPROXY=.*/GOPROXY=off/' "mac/root/Users/dev/Library/Application Support/go/env"
run plan mac-go.policy --machine mac
run why go.env.GOPROXY mac-go.policy --machine mac
run facts --machine mac --record mac.facts --policy mac-go.policy
run plan mac-go.policy --facts mac.facts
