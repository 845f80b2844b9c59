# Sources: one and several, branch, tag and commit, what a policy reads beside itself, a pinned key, and no server.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann; key eve
may_sign ann
run pull
run source status
team
mkdir -p team/files team/base
echo "from the commit" >team/files/motd
printf 'gopol 1.0\nprofile base { enforce motd { file "${user.home}/motd" { from = "../files/motd" } } }\n' >team/base/motd.policy
printf 'gopol 1.0 epoch 4\nimport "base/rules.policy" as base\nenforce own { file "${user.home}/motd" { from = "files/motd" } }\nprofile dev extends base.rules {}\n' >team/dev.policy
printf 'gopol 1.0\nprofile rules { enforce env { go.env { GOPROXY = [direct] } } }\n' >team/base/rules.policy
rm team/base/motd.policy
commit second ann
git -C team tag -a -m 'first release' v1
git -C team switch -q -c next
printf 'gopol 1.0\nprofile rules { enforce env { go.env { GOPROXY = [off] } } }\n' >team/base/rules.policy
commit third ann
git -C team switch -q main

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

echo "# two sources meet as one policy"
git init -q -b main own
printf 'gopol 1.0\nenforce mine { go.env { GOFLAGS = ["-trimpath"] } }\n' >own/dev.policy
git -C own add -A
dated 2024-06-01T10:00:00Z git -C own commit -q -m own
printf 's|%s|<own>|g\n' "$(git -C own rev-parse --short=7 HEAD)" >>names
signed_source '[[source]]' "url = \"$here/own\"" 'trust = "none"'
run plan
run pull
run plan
run pull
sed -i 's/"checked": "[^"]*"/"checked": "2024-06-01T00:00:00Z"/' "$HOME/.local/state/gopol/trust.json"
printf 'gopol 1.0\nenforce mine { go.env { GOPROXY = ["https://own.example"] } }\n' >own/dev.policy
dated 2024-06-02T10:00:00Z git -C own commit -q -a -m conflict
run pull
run pull
run source trust "$here/nowhere"
run source trust
run source forget

echo "# what anybody on the way could change needs a signature"
printf '[[source]]\nurl = "git://git.corp.example/team"\ntrust = "none"\n' >"$config"
run pull
