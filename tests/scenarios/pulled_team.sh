# shellcheck shell=sh
# A team's repository with three signed commits, the last of a branch `next`.
. "$SOURCE/tests/scenarios/signed_repo.sh"
key ann; key eve
may_sign ann
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

