# A team's repository: the shell of its workflows, run for real. What GitHub and GitLab do around that shell is in steps.py;
# `gh` is a stand-in.
. "$SOURCE/tests/wait_for.sh"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PATH="$(dirname "$GOPOL"):$PATH"
run() { echo "\$ gopol $*"; gopol "$@" </dev/null 2>&1; echo "exit $?"; }
team=$SOURCE/examples/team-repo
here=$PWD

"$team/history.sh" team
cd team || exit 1
git switch -q --detach proxy-outage

echo "# a workflow on GitHub"
mkdir "$here/bin"
cat >"$here/bin/gh" <<'G'
#!/bin/sh
echo "gh: $* token=$GH_TOKEN"
case $* in *--edit-last*) echo "no comments found"; exit 1 ;; esac
G
chmod +x "$here/bin/gh"
PATH=$here/bin:$PATH python3 "$SOURCE/tests/scenarios/team-repo-ci/steps.py" github .github/workflows/policies.yml "$(git rev-parse main)"
echo "exit $?"
cmp gopol-review/comment.md "$here/summary.md"
git switch -q --detach main
PATH=$here/bin:$PATH python3 "$SOURCE/tests/scenarios/team-repo-ci/steps.py" github .github/workflows/policies.yml "$(git rev-parse main~1)"
echo "exit $?"
echo "## a push: nothing to compare with"
rm -rf gopol-review
python3 "$SOURCE/tests/scenarios/team-repo-ci/steps.py" github .github/workflows/policies.yml ""
echo "exit $?"

echo "# a pipeline on GitLab"
python3 "$SOURCE/tests/scenarios/team-repo-ci/notes.py" "$here/port" >"$here/note" &
server=$!
wait_for "the server of comments" test -s "$here/port"
git switch -q --detach go-1.27
CI_API_V4_URL=http://127.0.0.1:$(cat "$here/port")/api/v4 GOPOL_COMMENT_TOKEN=secret \
  python3 "$SOURCE/tests/scenarios/team-repo-ci/steps.py" gitlab .gitlab-ci.yml "$(git rev-parse main)"
echo "exit $?"
wait "$server"
cat "$here/note"

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
