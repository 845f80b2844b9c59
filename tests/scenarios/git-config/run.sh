# Variables of git in the user's own files: set, right, taken away, unknown where an include may set them.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
cp -R "$SOURCE/examples/machines/linux-dev" box
chmod -R u+w box
file=box/root/home/dev/.gitconfig
printf '# by hand\n[user]\n\tname = Dev  # me\n[pull]\n\trebase = true\n[core]\n\teditor = vim\n' >$file
cat >git.policy <<'P'
gopol 1.0
enforce git {
  because "clones go through the company's server"
  owner   "platform"
  git.config "url.ssh://git@git.corp.example/.insteadOf" { value = "https://git.corp.example/" }
  git.config "init.defaultBranch" { value = "main" }
  git.config "pull.rebase" { unset value }
}
P
run check git.policy
run plan git.policy --machine box
run apply --yes --unsigned git.policy --machine box --in-place
cat $file
run plan git.policy --machine box
run facts --machine box 'git.config["user.name"].value' 'git.config["pull.rebase"].value'
if command -v git >/dev/null; then
  echo "# git itself reads"
  GIT_CONFIG_GLOBAL=$file git config --global --get-regexp 'url|init'
fi
echo "# what an include may change"
printf '[includeIf "gitdir:~/work/"]\n\tpath = ~/work.inc\n' >>$file
printf '[init]\n\tdefaultBranch = trunk\n' >box/root/home/dev/work.inc
run plan git.policy --machine box
echo "# several lines"
printf '[a]\n\tb = 1\n\tb = 2\n' >$file
printf 'gopol 1.0\nenforce many {\n  because "one"\n  owner "platform"\n  git.config "a.b" { value = "3" }\n}\n' >many.policy
run plan many.policy --machine box
run apply --yes --unsigned many.policy --machine box
echo "# what git would run"
printf 'gopol 1.0\nenforce hooks {\n  because "ours"\n  owner "platform"\n  git.config "core.hooksPath" { value = "/opt/hooks" }\n}\n' >hooks.policy
mkdir -p "$HOME"
run apply hooks.policy --unsigned
