# From a plan's line to the person: pull notes who wrote each line; why and plan --json tell it, without the repository.
. "$SOURCE/tests/scenarios/blamed_team.sh"
run log
run pull
answers_no_more
echo "# which commit, whose, who looked at it, for which ticket"
run why go.env.GOSUMDB
run why go.env.GOPROXY
run why "file[\"$HOME/motd\"].content"
"$GOPOL" plan --json | python3 -c '
import json, sys
for item in json.load(sys.stdin)["items"]:
    print(item["slot"], item["line"], item["written"]["commit"][:7], item["written"], item.get("tickets"))'
quietly apply --yes
mv away team && cd team
sed -i 's/"sum.golang.org"/off/' dev.policy
commit Dan 2024-05-05T10:00:00Z -m 'no checksums, SEC-4'
cd ..
quietly pull
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
