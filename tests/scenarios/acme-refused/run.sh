# What the policy of a team on top of its company's refuses, and who cannot grant himself an exception.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/acme/." .
chmod -R u+w .
mkdir -p "$HOME/.config/gopol"
# The archive of the example mirror is none of Go's: its hash is said here.
sum=$(sha256sum "$SOURCE/examples/mirror/go1.22.2.darwin-arm64.tar.gz" | cut -d ' ' -f 1)
sed -i "s/source = archive }/source = archive  sha256 = \"$sum\" }/" mac-go.policy
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
