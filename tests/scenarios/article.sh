# shellcheck shell=sh disable=SC2034
# What the article on Go and macOS wants managed, row by row: a policy goes in, gopol's conclusion comes out.
# The last row stands on plan, apply and rings: `undo`, `agent` and `report` are no commands yet.
machines="$SOURCE/examples/machines"
row() { echo "=== $*"; rm -rf mac; }
on() { rm -rf mac; cp -R "$machines/$1" mac; chmod -R u+w mac; }
run() { echo "\$ gopol $*" | sed "s|$SOURCE|SOURCE|g"; "$GOPOL" "$@" </dev/null 2>&1; echo "exit $?"; }
policy() { { echo 'gopol 1.0'; cat; } >a.policy; } # from standard input
facts() { "$GOPOL" facts --machine mac "$@"; }
# A mirror with a small archive that is none of Go's, so its hash is said in the policy.
bottle="$machines/m3-sonoma/root/opt/homebrew/opt/go/libexec"
mkdir -p go/bin mirror
cp "$SOURCE/tests/data/tcc/codesig/arm64-linker-signed.macho" go/bin/go
chmod 755 go/bin/go
cp -p go/bin/go go/bin/gofmt
printf 'go1.26.7\ntime 2026-08-06T16:00:00Z\n' >go/VERSION
cp "$bottle/go.env" go/go.env
tar -czf mirror/go1.26.7.darwin-arm64.tar.gz go
sum=$(sha256sum mirror/*.tar.gz | cut -d ' ' -f 1)
mkdir -p "$HOME/.config/gopol"
printf '[download]\ngo = "file://%s/mirror"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"

