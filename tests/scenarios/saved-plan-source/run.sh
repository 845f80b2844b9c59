# A saved plan of a policy that nobody signed, and of a configured source.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }

echo "# a policy that nobody signed stays one"
printf 'gopol 1.0\nenforce m { file "${user.home}/motd" { content = "hi\\n" } }\n' >own.policy
run plan own.policy --out own.plan
run apply own.plan --yes
run apply own.plan --yes --unsigned
cat "$HOME/motd"

echo "# of a configured source: the commit that was pulled when it was planned, no other"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=ann@corp.example GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=ann@corp.example
export GIT_AUTHOR_DATE=2026-11-01T10:00:00Z GIT_COMMITTER_DATE=2026-11-01T10:00:00Z
git init -q -b main team && cp own.policy team/ && git -C team add . && git -C team commit -qm one
mkdir -p "$HOME/.config/gopol" && rm "$HOME/motd"
printf '[[source]]\nurl = "file://%s/team"\ntrust = "none"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"
run pull
run plan --out source.plan | tail -2
sed -i 's/hi/hello/' team/own.policy && git -C team commit -qam two
run apply source.plan --yes | tail -2
rm "$HOME/motd"
run pull
run apply source.plan --yes
ls "$HOME/motd"
