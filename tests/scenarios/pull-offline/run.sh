# No server, a policy that does not work, and a pinned key.
. "$SOURCE/tests/scenarios/pulled_team.sh"
signed_source 'branch = "main"'
quietly pull
quietly apply --yes
signed_source "commit = \"$(git -C team rev-parse next)\""
quietly pull

echo "# no server: the last good policy"
signed_source 'branch = "next"'
run pull
mv team team.away
run pull
sed -i 's/"checked": "[^"]*"/"checked": "2024-06-01T00:00:00Z"/' "$HOME/.local/state/gopol/trust.json"
signed_source 'branch = "next"' 'max_age = "36500d"'
"$GOPOL" plan 2>&1 | sed -f names | sed -E 's/pulled [0-9]+ d/pulled MANY d/'
"$GOPOL" pull 2>&1 | sed -f names | sed -E 's/heard [0-9]+ d/heard MANY d/'
echo "# no server, and the key is no longer listed"
echo "eve@corp.example $(public eve)" >allowed
run pull
rm allowed
run pull
mv team.away team
run pull
: >allowed && may_sign ann && chmod o+w allowed
run pull
chmod o-w allowed
chmod g+w "$config"
run plan
chmod g-w "$config"
chmod o+w "$(dirname "$config")"
run pull
chmod o-w "$(dirname "$config")"

echo "# a policy that does not work replaces none"
git -C team switch -q next
printf 'gopol 1.0 epoch 4\nenforce a { go.env { GOPROXY = } }\n' >team/dev.policy
commit broken ann
run pull
run plan
git -C team reset -q --hard HEAD~1
git -C team switch -q main

echo "# the key that signs it, pinned"
rm -rf "$HOME/.local/state/gopol"
source_is
run pull
run source trust
run source trust --key "$(ssh-keygen -l -f eve.pub | cut -d' ' -f2)"
run source trust --yes
run pull
run plan
run source status
printf '# more\n' >>team/dev.policy
commit by-eve eve
run pull
git -C team reset -q --hard HEAD~1
commit unsigned none
run pull
git -C team reset -q --hard HEAD~1
