# Where a module comes from when a policy knows what is private, told to people and to programs.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w mac
env="mac/root/Users/dev/Library/Application Support/go/env"
echo "# a policy knows what is private"
printf 'gopol 1.0\nenforce env {\n  because "ours"\n  owner "platform"\n  go.env { GOPRIVATE = ["github.com/acme/*"] }\n}\n' >team.policy
: >"$env"
run why module github.com/acme/shop team.policy --machine mac
run why module github.com/acme/shop team.policy --machine mac --json
