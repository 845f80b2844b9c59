# A team's repository: the hook before a commit, and who may sign.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PATH="$(dirname "$GOPOL"):$PATH"
run() { echo "\$ gopol $*"; gopol "$@" </dev/null 2>&1; echo "exit $?"; }
team=$SOURCE/examples/team-repo
here=$PWD

"$team/history.sh" team
cd team || exit 1
git switch -q --detach go-1.27

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
