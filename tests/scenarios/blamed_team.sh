# shellcheck shell=sh
# A team's repository whose lines are of several people, configured as a source.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
quietly() { "$GOPOL" "$@" </dev/null >/dev/null 2>&1; } # what another scenario shows
undated() { sed -E 's/20(2[5-9]|[3-9][0-9])-[0-9-]+T[0-9:]+Z/NOW/; s/"run": "[0-9-]*"/"run": "RUN"/'; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
commit() { # commit NAME DATE MESSAGE...
  name=$1 date=$2
  shift 2
  git add -A && GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$(echo "$name" | tr 'A-Z ' 'a-z.')@corp.example GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=Merge GIT_COMMITTER_EMAIL=m@corp.example GIT_COMMITTER_DATE=$date git commit -q "$@"
}
git init -q -b main team && cd team || exit 1
mkdir lib
cat >dev.policy <<'P'
gopol 1.0
import "lib/go.policy" as go
profile all extends go.inside {}
enforce sums { go.env { GOSUMDB = off } }
enforce motd {
  because "everybody reads it, PLAT-8 and PLAT-9"
  file "${user.home}/motd" { from = "motd" }
}
P
printf 'gopol 1.0\nprofile inside { enforce proxy { go.env { GOPROXY = [direct] } } }\n' >lib/go.policy
echo welcome >motd
commit Ann 2024-05-01T10:00:00Z -m 'begin (#3)' -m 'All of it is UTF-8.'
sed -i 's/GOSUMDB = off/GOSUMDB = "sum.golang.org"/' dev.policy
commit 'Bob Lee' 2024-05-02T10:00:00+02:00 -m 'ask the public checksum database' -m 'SEC-3 wants it.' \
  -m "Reviewed-by: Cleo <cleo@corp.example>
Change-Id: I77
Signed-off-by: Bob Lee <bob.lee@corp.example>"
sed -i 's/\[direct\]/["https:\/\/goproxy.corp.example", direct]/' lib/go.policy
commit "$(printf 'Ev\033[31mil')" 2024-05-03T10:00:00Z -m "$(printf 'keep paths \033[2Jinside')"
sed -i 's/^enforce motd/# for all\n&/' dev.policy
commit Ann 2024-05-04T10:00:00Z -m 'a word more'
cd ..
mkdir -p "$HOME/.config/gopol"
printf '[[source]]\nurl = "file://%s/team"\ntrust = "none"\n' "$PWD" >"$HOME/.config/gopol/gopol.toml"
mkdir -p "$HOME/.config/go" && echo GOSUMDB=off >"$HOME/.config/go/env"
answers_no_more() { mv team away && rm -r "$HOME/.cache/gopol"; } # what is told from now on was noted when it was pulled
