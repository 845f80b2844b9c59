# A team's repository: its history, and what its reviews say.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PATH="$(dirname "$GOPOL"):$PATH"
run() { echo "\$ gopol $*"; gopol "$@" </dev/null 2>&1; echo "exit $?"; }
team=$SOURCE/examples/team-repo
here=$PWD

"$team/history.sh" team
cd team || exit 1
git log --all --date=iso-strict --format='%h %ad %an: %s'
git status --short

echo "# the fleet is what recording says today"
printf "of our fleet" >"$here/fleet.key"
GOPOL_FLEET_KEY=$here/fleet.key "$team/record_fleet.sh" "$here/fleet" "$SOURCE"/examples/machines/* >/dev/null
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

echo "# bad input"
"$SOURCE/share/ci/review.sh" nowhere mac-go.policy 2>&1
echo "exit $?"
cd "$here" && git init -q empty && cd empty && "$SOURCE/share/ci/check.sh" 2>&1
echo "exit $?"
