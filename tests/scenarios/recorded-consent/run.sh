# A recorded machine asks what a real one asks: who signed the policy, and whether somebody agrees.
. "$SOURCE/tests/scenarios/signed_repo.sh"
cp -R "$SOURCE/examples/machines/m3-sonoma" mac && chmod -R u+w mac
rule() { printf 'gopol 1.0\nenforce one { because "r"  owner "p"  %s }\n' "$1"; }
rule 'go.env { GOPROXY = ["https://goproxy.corp.example", direct] }' >env.policy
rule 'go.env { GOFLAGS = ["-toolexec=/opt/wrap"] }' >code.policy
rule 'debug { developer_mode = true }' >root.policy
echo "# nobody signed it"
run apply env.policy --machine mac
run apply --yes env.policy --machine mac
run apply --unsigned env.policy --machine mac
run apply --yes --unsigned env.policy --machine mac --in-place
echo "# what runs code, never; what is root's, if it is said"
run apply --yes --unsigned code.policy --machine mac
run apply --yes root.policy --machine mac
run apply --yes --unsigned root.policy --machine mac
echo "# what takes back asks too"
run undo --machine mac --in-place
run leave --machine mac --in-place
run undo --yes --machine mac --in-place
echo "# somebody signed it"
key ann; may_sign ann
git init -q -b main team
cp root.policy team/dev.policy
commit first ann
signed_source
quietly pull
run apply --machine mac
run apply --yes --machine mac --in-place
