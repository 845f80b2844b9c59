# What was done, and whose line asked for it: of this machine and of a recorded one; a journal that is none.
. "$SOURCE/tests/scenarios/blamed_team.sh"
quietly pull
answers_no_more
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
echo "# two lines of one block, by two authors"
cd team
printf 'enforce two {\n  go.env {\n    GOTOOLCHAIN = local\n  }\n}\n' >>dev.policy
commit Fay 2024-05-06T10:00:00Z -m 'one go, GO-5'
sed -i 's/    GOTOOLCHAIN = local/&\n    GOTELEMETRY = off/; s/GOTELEMETRY/GONOSUMDB/; s/GONOSUMDB = off/GONOSUMDB = ["corp.example"]/' dev.policy
commit Gus 2024-05-07T10:00:00Z -m 'our modules have no sums, SEC-5'
cd ..
quietly pull
"$GOPOL" apply --yes | tail -1
run log go.env | undated | head -12
echo "# on a recorded machine; a journal that is none"
cp -R "$SOURCE/examples/machines/m3-sonoma" mac
printf 'gopol 1.0\nenforce p { because "PLAT-7"  go.env { GOPROXY = off } }\n' >mac.policy
"$GOPOL" apply --yes --unsigned mac.policy --machine mac --in-place >/dev/null
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
