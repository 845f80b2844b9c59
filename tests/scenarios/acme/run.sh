# The policy of a team on top of its company's, as the language's own page shows it: it checks, is formatted, its
# tests pass, and it converges the recorded Mac as its words say.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/acme/." .
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
chmod -R u+w .
mkdir -p "$HOME/.config/gopol"
printf '[labels]\nteam = "payments"\n[download]\ngo = "file://%s/examples/mirror"\n' "$SOURCE" >"$HOME/.config/gopol/gopol.toml"
run check mac-go.policy
run fmt --check mac-go.policy baseline.policy
run test -v mac-go.policy
run plan mac-go.policy --machine mac
# The archive of the example mirror is none of Go's: its hash is said here.
sum=$(sha256sum "$SOURCE/examples/mirror/go1.22.2.darwin-arm64.tar.gz" | cut -d ' ' -f 1)
sed -i "s/source = archive }/source = archive  sha256 = \"$sum\" }/" mac-go.policy
run apply --yes --unsigned mac-go.policy --machine mac --in-place
run plan mac-go.policy --machine mac
run why go.env.GOPROXY mac-go.policy --machine mac
run why 'shell.profile["zsh"].EDITOR' mac-go.policy --machine mac
run plan mac-go.policy --machine "$SOURCE/examples/machines/linux-dev"
