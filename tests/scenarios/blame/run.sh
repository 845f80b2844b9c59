# From a plan's line to the person: pull notes who wrote each line; why, plan --json and log tell it, without the repository.
run() { echo "\$ gopol $*"; "$GOPOL" "$@" </dev/null; echo "exit $?"; }
undated() { sed -E 's/20(2[5-9]|[3-9][0-9])-[0-9-]+T[0-9:]+Z/NOW/; s/"run": "[0-9-]*"/"run": "RUN"/'; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
commit() { # commit NAME DATE MESSAGE...
  name=$1 date=$2
  shift 2
  git add -A && GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$(echo "$name" | tr 'A-Z ' 'a-z.')@corp.example GIT_AUTHOR_DATE=$date \
    GIT_COMMITTER_NAME=Merge GIT_COMMITTER_EMAIL=m@corp.example GIT_COMMITTER_DATE=$date git commit -q "$@"
}
git init -q -b main team && cd team
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
run log
mkdir -p "$HOME/.config/go" && echo GOSUMDB=off >"$HOME/.config/go/env"
run pull
mv team away
rm -r "$HOME/.cache/gopol"
echo "# which commit, whose, who looked at it, for which ticket"
run why go.env.GOSUMDB
run why go.env.GOPROXY
run why "file[\"$HOME/motd\"].content"
"$GOPOL" plan --json | python3 -c '
import json, sys
for item in json.load(sys.stdin)["items"]:
    print(item["slot"], item["line"], item["written"]["commit"][:7], item["written"], item.get("tickets"))'

echo "# what was done, all of it, one slot, one family"
"$GOPOL" apply --yes | tail -1
run log | undated
echo GOSUMDB=off >>"$HOME/.config/go/env"
"$GOPOL" apply --yes | tail -1
run log go.env.GOSUMDB | undated
run log file --json | undated
run log go.env.GOFLAGS
echo "# a rule that is other since: the log tells what was, why tells what is"
mv away team && cd team
sed -i 's/"sum.golang.org"/off/' dev.policy
commit Dan 2024-05-05T10:00:00Z -m 'no checksums, SEC-4'
cd ..
run pull
run why go.env.GOSUMDB | head -4
run log go.env.GOSUMDB | undated
echo "# two sources with files of one name"
cp -R team other && cd other
sed -i 's/^profile.*//; s/^import.*//; s/^enforce sums.*/enforce flags { go.env { GOFLAGS includes ["-v"] } }/; s/enforce motd/enforce motd2/' dev.policy
commit Eve 2024-05-06T10:00:00Z -m 'our own flags #9'
cd ..
printf '[[source]]\nurl = "file://%s/other"\ntrust = "none"\n' "$PWD" >>"$HOME/.config/gopol/gopol.toml"
run pull
run why go.env.GOFLAGS
run why go.env.GOSUMDB | head -4
echo "# a local file of a repository: nothing is noted, no git is started"
cd team
run why go.env.GOSUMDB dev.policy | head -4
echo "# on a recorded machine; a journal that is none"
cd .. && cp -R "$SOURCE/examples/machines/m3-sonoma" mac
printf 'gopol 1.0\nenforce p { because "PLAT-7"  go.env { GOPROXY = off } }\n' >mac.policy
"$GOPOL" apply mac.policy --machine mac --in-place >/dev/null
undated_mac() { sed -E 's/^20[0-9T:Z-]+/NOW/'; }
run log --machine mac | undated_mac
echo "# a change that failed, one that was cut short"
journal=$(find mac -name journal.jsonl)
cp "$journal" whole
sed -i 's/"step":"done"/"step":"failed","detail":"no space left"/' "$journal"
run log --machine mac | undated_mac
sed '/"step":"done"/,$d' whole >"$journal"
run log --machine mac | undated_mac
run log go.env.GOPROXY extra
printf '{"gopol":"journal","version":9}\n' >"$HOME/.local/state/gopol/journal.jsonl"
run log
