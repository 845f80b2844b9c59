# What needs root on a recorded Mac: its sudo lets the user in, refuses, or is not there, as machine.toml says; else, as on a
# real Mac, the group admin decides.
run() { echo "\$ gopol $*"; "$GOPOL" "$@"; echo "exit $?"; }
cat >tools.policy <<'E'
gopol 1.0
enforce debugger { because "dlv asks no password, PLAT-12"  owner "platform"  debug { developer_mode = true  group = true } }
enforce noted { because "who came before"  owner "platform"  after debugger  file "${user.home}/debugger" { content = "on\n" } }
enforce modules { because "module paths stay inside"  owner "platform"  go.env { GOPRIVATE includes ["git.corp.example/*"] } }
E
mac() { # mac NAME [ANSWER]: a fresh one, whose sudo answers so
  chmod -R u+w mac 2>/dev/null
  rm -rf mac
  cp -R "$SOURCE/examples/machines/$1" mac
  chmod -R u+w mac
  [ -z "${2:-}" ] || sed -i "s/^uid = /sudo = \"$2\"\n&/" mac/machine.toml
}
for answer in granted refused missing; do
  echo "# $answer"
  mac m3-sonoma $answer
  run apply --yes --unsigned tools.policy --machine mac --in-place
done
echo "# the administrator came"
sed -i 's/^sudo = .*/sudo = "granted"/' mac/machine.toml
run apply --yes --unsigned tools.policy --machine mac --in-place
echo "# taken back"
sed -i 's/^sudo = .*/sudo = "refused"/' mac/machine.toml
run undo --yes debugger --machine mac --in-place
sed -i 's/^sudo = .*/sudo = "granted"/' mac/machine.toml
run undo --yes debugger --machine mac --in-place
echo "# not asked"
mac m3-sonoma granted
run apply --yes --unsigned tools.policy --machine mac --no-sudo
echo "# a user who is no administrator"
mac m4-tahoe-managed
run apply --yes --unsigned tools.policy --machine mac
echo "# what does not go"
run apply tools.policy --machine mac --as dev
mac m3-sonoma perhaps
run apply --yes --unsigned tools.policy --machine mac
