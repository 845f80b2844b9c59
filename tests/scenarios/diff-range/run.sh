# gopol diff BASE..HEAD: the policy at two commits, read from their objects, imports and files included.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
export GIT_AUTHOR_DATE=2026-11-01T10:00:00Z GIT_COMMITTER_DATE=2026-11-01T10:00:00Z
root=$PWD
git init -q -b main team && cd team
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

echo "# a branch against the one it goes to, and what it did itself"
run diff main..work
run diff main...work
run diff v1..
run diff v1.. --format github
run diff v1..work --fail-on weaker
run diff HEAD~1..HEAD --json | grep -E '"(was|is|rule|place)"'

echo "# the commits count, not what lies in the folder"
echo nonsense >dev.policy && rm -r lib
run diff v1..HEAD
git checkout -q . && git status --short

echo "# the policy is new, or gone"
run diff start..v1
run diff v1..start
run diff start..start

echo "# which policy"
cd linux
sed -i 's/0644/0600/' servers.policy && git commit -qam "servers: for root alone"
run diff HEAD~1..HEAD
run diff HEAD~1..HEAD --path dev.policy
cd ..
run diff v1..HEAD --path linux/servers.policy
run diff v1..HEAD --path nope.policy
run diff v1..HEAD --path ../team/dev.policy
cp dev.policy two.policy && git add . && git commit -qm two
run diff v1..HEAD
ln -s /etc/passwd evil.policy && git add . && git commit -qm three
run diff v1..HEAD --path evil.policy

echo "# a range that is none"
run diff main..nope
run diff main
run diff ..
run diff ../nowhere.policy
run diff v1 HEAD --path dev.policy
git checkout -q --orphan alone && git rm -rqf . && cp -r "$root/team/.git/HEAD" kept && git add kept && git commit -qm alone
run diff main...alone
mkdir "$root/outside" && cd "$root/outside"
run diff main..work

echo "# a repository that lost an object stays as it is"
cd "$root/team" && git checkout -qf work
blob=$(git rev-parse v1:dev.policy)
rm -f ".git/objects/$(echo "$blob" | cut -c 1-2)/$(echo "$blob" | cut -c 3-)"
run diff v1..HEAD --path dev.policy
git rev-parse --short HEAD
