# A policy from a git repository: its commit is in the plan; a new commit is seen; broken references are errors.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
export GIT_AUTHOR_DATE=2026-11-01T10:00:00Z GIT_COMMITTER_DATE=2026-11-01T10:00:00Z
git init -q -b main team && cd team
printf 'gopol 1.0\nenforce env { go.env { GOPROXY = ["https://goproxy.corp.example", direct] } }\n' >dev.policy
git add . && git commit -qm one
cd ..
run plan --source "file://$PWD/team"
run plan --source "$PWD/team" --path dev.policy --branch main
run apply --yes --source "file://$PWD/team"
run apply --yes --unsigned --source "file://$PWD/team"
grep -o '"commit":"[0-9a-f]*"' "$HOME/.local/state/gopol/journal.jsonl" | sort -u
cd team && sed -i 's/, direct//' dev.policy && git commit -qam two && cd ..
mkdir -p "$HOME/.config/gopol"
printf '[[source]]\nurl = "file://%s/team"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"
run plan
printf 'trust = "none"\n' >>"$HOME/.config/gopol/gopol.toml"
run plan
run pull
run plan
run apply --yes
run plan --source "file://$PWD/nowhere"
run plan --source "file://$PWD/team" --branch nope
run plan --source "file://$PWD/team" --path nope.policy
cd team && ln -s /etc/passwd evil.policy && git add . && git commit -qm three && cd ..
run plan --source "file://$PWD/team" --path evil.policy
run plan --source "file://$PWD/team" --path ../x.policy
cd team && rm evil.policy && mkdir files && echo "from the commit" >files/motd
printf 'gopol 1.0\nenforce m { file "${user.home}/motd" { from = "files/motd" } }\n' >dev.policy
printf 'gopol 1.0\nenforce m { file "${user.home}/motd" { from = "../motd" } file "/x" { from = "files/nope" } }\n' >bad.policy
git add -A && git commit -qm four && echo "not committed" >files/motd && cd ..
run apply --yes --unsigned --source "file://$PWD/team" --path dev.policy
cat "$HOME/motd"
run plan --source "file://$PWD/team" --path bad.policy
run plan team/dev.policy
