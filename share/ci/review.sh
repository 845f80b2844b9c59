#!/bin/sh
# What a change of a policy does, for its review: review.sh BASE POLICY [FOLDER], from the root of the repository.
#
# BASE is the commit (or branch) that the change will merge into; POLICY as HEAD has it is compared with what it was where the
# change parted from there. Both are read from their commits, so that no link of the change shows a file of this machine. Into
# FOLDER (gopol-review) go comment.md and report.xml for JUnit's readers. $GOPOL_FLEET: a folder of recorded machines, if there
# is one; $GOPOL_FAIL_ON: what stops the change. Exit code: that of `gopol diff`, 1 if the change is stopped.
set -eu
policy=$2 out=${3:-gopol-review} gopol=${GOPOL:-gopol}
base=$(git merge-base "$1" HEAD 2>/dev/null) || { echo "review.sh: \`$1\` and this commit have no past in common; fetch all of it" >&2; exit 64; }
rm -rf "$out"
mkdir -p "$out"
set -- "$base..HEAD" "--path=$policy"
[ -z "${GOPOL_FLEET:-}" ] || [ ! -d "$GOPOL_FLEET" ] || set -- "$@" "--fleet=$GOPOL_FLEET"
[ -z "${GOPOL_FAIL_ON:-}" ] || set -- "$@" "--fail-on=$GOPOL_FAIL_ON"
code=0
"$gopol" diff "$@" --format markdown >"$out/comment.md" 2>"$out/said" || code=$?
"$gopol" diff "$@" --format junit >"$out/report.xml" 2>/dev/null || true # the comment's run said it
cat "$out/said" >&2
if grep -q '^stopped by' "$out/said"; then
  printf '\n**This change is stopped:**\n\n' >>"$out/comment.md"
  # shellcheck disable=SC2016 # Markdown
  sed -n 's/^stopped by --fail-on: \(.*\)/- `\1`/p' "$out/said" >>"$out/comment.md"
fi
rm "$out/said"
[ "${GITHUB_ACTIONS:-}" != true ] || "$gopol" diff "$@" --format github 2>/dev/null || true
exit "$code"
