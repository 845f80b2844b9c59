# shellcheck shell=sh disable=SC2034
# A team's repository with a history, for `gopol diff BASE..HEAD`: what follows runs in its work tree, on the branch `work`.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
export GIT_AUTHOR_DATE=2026-11-01T10:00:00Z GIT_COMMITTER_DATE=2026-11-01T10:00:00Z
root=$PWD
git init -q -b main team && cd team || exit 1
echo "# the team's machines" >README && git add . && git commit -qm start && git tag start
mkdir -p lib linux
cat >dev.policy <<'P'
gopol 1.0
import "lib/go.policy" as go
profile all extends go.inside {}
enforce sums  { because "SEC-3"  go.env { GOSUMDB = "sum.golang.org" } }
enforce motd  { file "${user.home}/motd" { from = "lib/motd" } }
P
cat >lib/go.policy <<'P'
gopol 1.0
profile inside { enforce proxy { because "PLAT-7"  go.env { GOPROXY = ["https://goproxy.corp.example", direct] } } }
P
echo "welcome" >lib/motd
printf 'gopol 1.0\nenforce hosts { file "/etc/motd" { mode = "0644" } }\n' >linux/servers.policy
git add . && git commit -qm "keep module paths inside" && git tag v1
git checkout -qb work
sed -i 's/enforce sums/warn sums/' dev.policy
sed -i 's/, direct//' lib/go.policy
echo "welcome back" >lib/motd
git commit -qam "ask less of sums"
git checkout -q main
sed -i 's/"SEC-3"/"SEC-3, agreed"/; s/sum.golang.org/off/' dev.policy
git commit -qam "main went on" && git checkout -q work

