# gopol diff BASE..HEAD: which of several policies, ranges that are none, a repository that lost an object.
. "$SOURCE/tests/scenarios/team_history.sh"
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
