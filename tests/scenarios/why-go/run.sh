# Which go runs in a folder, and which layer decided: PATH, a shim, GOTOOLCHAIN, go.work or go.mod.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
home=mac/root/Users/dev
mkdir -p $home/shop/api
run why go --machine mac
echo "# a module that asks for more than Homebrew has"
printf 'module example.com/shop\n\ngo 1.23.1\n\ntoolchain go1.23.4 // the one CI has\n' >$home/shop/go.mod
run why go /Users/dev/shop/api --machine mac
mkdir -p "$home/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.darwin-arm64/bin"
: >"$home/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.4.darwin-arm64/bin/go"
run why go shop/api --machine mac
echo "# a workspace, and a user who switches nothing"
printf 'go 1.22.0\nuse ./api\n' >$home/shop/go.work
run why go shop/api --machine mac
rm $home/shop/go.work
echo 'GOTOOLCHAIN=local' >>"$home/Library/Application Support/go/env"
run why go shop/api --machine mac
