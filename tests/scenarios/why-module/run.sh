# Where a module comes from, which database sees it, and which public servers learn a private path.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
env="mac/root/Users/dev/Library/Application Support/go/env"
echo "# as go comes"
: >"$env"
run why module github.com/Acme/shop@v1.4.0 --machine mac
run why module git.corp.example/team/lib --machine mac
echo "# a company's proxy first"
printf 'GOPROXY=https://goproxy.corp.example,https://proxy.golang.org|direct\nGOSUMDB=sum.golang.org https://goproxy.corp.example/sum\n' >"$env"
run why module git.corp.example/team/lib --machine mac
echo "# kept inside"
printf 'GOPRIVATE=git.corp.example\nGOVCS=git.corp.example:git\nGOINSECURE=git.corp.example\n' >>"$env"
run why module git.corp.example/team/lib@v0.3.0 --machine mac
echo "# go itself would stop"
printf 'GOPROXY=none\n' >"$env"
run why module github.com/acme/shop --machine mac
echo "# mistakes"
run why module --machine mac
run why module fmt --machine mac
run why module 'a b' --machine mac
run why module github.com/acme/shop nowhere.policy --machine mac
