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
run apply mac-go.policy --machine mac --in-place
run plan mac-go.policy --machine mac
run why go.env.GOPROXY mac-go.policy --machine mac
run why 'shell.profile["zsh"].EDITOR' mac-go.policy --machine mac
run plan mac-go.policy --machine "$SOURCE/examples/machines/linux-dev"
echo "# what the policy refuses"
for change in '$awaive mac_go.no_rosetta until 2027-01-31 { because "old tools" owner "me" }' \
  's/warn terminal_access/enforce terminal_access/' 's/until 2026-12-31/until 2026-01-31/'; do
  sed "$change" mac-go.policy >other.policy
  run check --fail-on P3105 other.policy 2>&1 | sed '/^warning.L4/,/= help/d'
done
echo "# nobody grants himself an exception: a label that a waiver asks for counts only from the system's file"
cat >label.policy <<'P'
gopol 1.0
labels { team: [payments], desk: [standing] }
enforce proxy { go.env { GOPROXY = off } }
enforce flags { when label.desk == standing  go.env { GOFLAGS = ["-v"] } }
waive proxy until 2030-12-31 { when label.team == payments  because "we would like to"  owner "us" }
P
printf '[labels]\nteam = "payments"\ndesk = "standing"\n' >"$HOME/.config/gopol/gopol.toml"
run plan label.policy --machine "$SOURCE/examples/machines/linux-dev"
run why go.env.GOPROXY label.policy --machine "$SOURCE/examples/machines/linux-dev"
