# A source: branch, tag and commit, and what a policy reads beside itself.
. "$SOURCE/tests/scenarios/pulled_team.sh"
run pull
run source status

signed_source 'branch = "main"'
run pull
mv team team.away
run plan
run apply --yes
cat "$HOME/motd"
mv team.away team
run source status
echo "# a branch, a tag and a commit"
signed_source 'branch = "next"'
run plan
run pull
run plan
signed_source 'tag = "v1"'
run pull
rm -rf "$HOME/.local/state/gopol/trust.json" "$HOME/.local/state/gopol/policies"
run pull
run pull
signed_source "commit = \"$(git -C team rev-parse next)\""
run pull
mv team team.away
run pull
run plan
mv team.away team
signed_source 'commit = "abc"'
run pull
signed_source 'branch = "a"' 'tag = "b"'
run pull
signed_source 'tag = "v2"'
run pull
