# What is old, rewritten or moved does not replace what is newer.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann
may_sign ann
team 3
signed_source
policy two.example 3
commit second ann
second=$(git -C team rev-parse HEAD)
git -C team tag v1
run pull
run apply --yes
back_to HEAD~1
attack "an older, valid commit"
policy evil.example 3
commit rewritten ann
attack "a force-push"
back_to "$second"
policy low.example 2
commit lower ann
attack "an epoch that goes down"
back_to "$second"
policy low.example 2
message="back to what was

Gopol-Revert: 2" commit unsigned-revert none
attack "a revert that nobody signed"
back_to "$second"
policy low.example 2
message="back to what was

HELP-7: the proxy is down
Gopol-Revert: 1" commit wrong-revert ann
attack "a revert to another epoch"
back_to "$second"
policy low.example 2
message="back to what was

HELP-7: the proxy is down
Gopol-Revert: 2" commit revert ann
echo "# a signed revert"
run pull
echo "# a commit dated long before the one it comes after: a key that has expired would seem valid"
policy late.example 2
date=2020-01-01T10:00:00Z commit backdated ann
attack "a date that was set back"
back_to HEAD~1
policy late.example 2
date=2037-01-01T10:00:00Z commit future ann
attack "a date that is yet to come"
back_to HEAD~1
echo "# a tag"
signed_source 'tag = "v1"'
rm -rf "$HOME/.local/state"
run pull
policy moved.example 3
day=20
commit moved ann
git -C team tag -f v1 >/dev/null
attack "a tag that was moved"
run source trust --yes
run pull
echo "# a force-push that is meant"
signed_source
run pull
back_to "$second"
policy meant.example 3
commit meant ann
attack "unless somebody says so"
run source trust "file://$here/team"
run source trust "file://$here/team" --key SHA256:another
run source trust "file://$here/team" --key "$(ssh-keygen -l -f ann.pub | cut -d' ' -f2)"
run pull
