# A team's repository: its history, what its reviews say, and the shell of the workflows and hooks, run for real. What
# GitHub and GitLab do around that shell is in steps.py; `gh` is a stand-in.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PATH="$(dirname "$GOPOL"):$PATH"
run() { echo "\$ gopol $*"; gopol "$@" </dev/null 2>&1; echo "exit $?"; }
team=$SOURCE/examples/team-repo
here=$PWD

"$team/history.sh" team
cd team || exit 1
git log --all --date=iso-strict --format='%h %ad %an: %s'
git status --short

echo "# the fleet is what recording says today"
"$team/record_fleet.sh" "$here/fleet" "$SOURCE"/examples/machines/* >/dev/null
for file in "$here"/fleet/*.json; do
  sed 's/"recorded": "[^"]*"/"recorded": "2026-11-20T08:00:00Z"/' "$file" | cmp - "fleet/$(basename "$file")"
done
grep -l 'dev@\|"dev"\|/Users/dev\|/home/dev' fleet/*.json

echo "# three reviews"
git switch -q --detach main
run diff mac-go.policy mac-go.policy --fleet fleet
export GOPOL_FLEET=fleet GOPOL_FAIL_ON=conflict,weaker
for review in main~1:main main:go-1.27 main:proxy-outage; do
  echo "## ${review#*:}"
  git switch -q --detach "${review#*:}"
  "$SOURCE/share/ci/review.sh" "${review%:*}" mac-go.policy 2>&1
  echo "exit $?"
  cat gopol-review/comment.md
  grep -c '<testcase' gopol-review/report.xml
done
git status --short
unset GOPOL_FLEET GOPOL_FAIL_ON

echo "# a workflow on GitHub"
mkdir "$here/bin"
cat >"$here/bin/gh" <<'G'
#!/bin/sh
echo "gh: $* token=$GH_TOKEN"
case $* in *--edit-last*) echo "no comments found"; exit 1 ;; esac
G
chmod +x "$here/bin/gh"
PATH=$here/bin:$PATH python3 "$SOURCE/tests/scenarios/team-repo/steps.py" github .github/workflows/policies.yml "$(git rev-parse main)"
echo "exit $?"
cmp gopol-review/comment.md "$here/summary.md"
git switch -q --detach main
PATH=$here/bin:$PATH python3 "$SOURCE/tests/scenarios/team-repo/steps.py" github .github/workflows/policies.yml "$(git rev-parse main~1)"
echo "exit $?"
echo "## a push: nothing to compare with"
rm -rf gopol-review
python3 "$SOURCE/tests/scenarios/team-repo/steps.py" github .github/workflows/policies.yml ""
echo "exit $?"

echo "# a pipeline on GitLab"
python3 "$SOURCE/tests/scenarios/team-repo/notes.py" "$here/port" >"$here/note" &
server=$!
while [ ! -s "$here/port" ]; do sleep 0.05; done
git switch -q --detach go-1.27
CI_API_V4_URL=http://127.0.0.1:$(cat "$here/port")/api/v4 GOPOL_COMMENT_TOKEN=secret \
  python3 "$SOURCE/tests/scenarios/team-repo/steps.py" gitlab .gitlab-ci.yml "$(git rev-parse main)"
echo "exit $?"
wait "$server"
cat "$here/note"

echo "# before a commit"
git switch -q main
git config user.name Dora
git config user.email dora@corp.example
cp "$SOURCE/share/ci/pre-commit" .git/hooks/pre-commit
sed -i 's/pin    = 1.26.7/pin = 1.27.0/' mac-go.policy # not formatted
git add mac-go.policy
git commit -q -m "unformatted" 2>&1
gopol fmt mac-go.policy # the work tree is right, what is staged is not
git commit -q -m "still unformatted" 2>&1
git add mac-go.policy
sed -i 's/^let pin/lt pin/' mac-go.policy # and the other way round
git commit -q -m "Move to 1.27" 2>&1 && git log -1 --format=%s
git checkout -q -- mac-go.policy
sed -i '/rule payments_release skipped/s/skipped/applies/' mac-go.policy
git commit -q -a -m "a test that fails" 2>&1
git checkout -q HEAD -- . && echo text >notes.txt && git add notes.txt
GOPOL=/nowhere git commit -q -m "no policy in it" 2>&1 && git log -1 --format=%s

echo "# the same, as pre-commit is told of it"
python3 - "$SOURCE" <<'P'
import pathlib, re, sys, yaml
source = pathlib.Path(sys.argv[1])
hook, = yaml.safe_load((source / ".pre-commit-hooks.yaml").read_text())
repository, = yaml.safe_load(open(".pre-commit-config.yaml"))["repos"]
print(repository["hooks"] == [{"id": hook["id"]}], hook["language"], hook["pass_filenames"])
print((source / hook["entry"]).stat().st_mode & 0o111 != 0, [bool(re.search(hook["files"], f)) for f in ("a/b.policy", "policy.md")])
P

echo "# who may sign"
ssh-keygen -q -t ed25519 -N '' -f "$here/ann"
SIGNING_KEY=$here/ann "$team/history.sh" "$here/signed"
sed "s|^\(ann@.*ssh-ed25519\) .*|\1 $(cut -d' ' -f2 "$here/ann.pub")|" allowed_signers.example >"$here/allowed"
git -C "$here/signed" -c gpg.ssh.allowedSignersFile="$here/allowed" verify-commit main 2>&1 | sed 's/ with .*//'
git -C "$here/signed" -c gpg.ssh.allowedSignersFile="$PWD/allowed_signers.example" verify-commit main 2>&1 | grep -c '^Good.* for '

echo "# no gopol on the runner: the action builds its own"
mkdir -p action/packaging/github
cp "$SOURCE/packaging/github/action.yml" action/packaging/github/
mkdir "$here/tools"
for tool in sh dirname mkdir; do ln -s "$(command -v "$tool")" "$here/tools/"; done
printf '#!/bin/sh\necho "dev $*"; mkdir -p "$(dirname "$0")/build"\n' >action/dev
chmod +x action/dev
python3 - "$PWD/action/packaging/github" "$here/tools" <<'P'
import os, subprocess, sys, yaml
first = yaml.safe_load(open(sys.argv[1] + "/action.yml"))["runs"]["steps"][0]
subprocess.run(["sh", "-e", "-c", first["run"]],
               env={"PATH": sys.argv[2], "GITHUB_ACTION_PATH": sys.argv[1], "GITHUB_PATH": "path"})
print(open("path").read().strip().endswith("/action/build"))
P

echo "# bad input"
"$SOURCE/share/ci/review.sh" nowhere mac-go.policy 2>&1
echo "exit $?"
cd "$here" && git init -q empty && cd empty && "$SOURCE/share/ci/check.sh" 2>&1
echo "exit $?"
