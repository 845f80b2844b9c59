#!/bin/sh
# imports.sh NAMES TABLE OLDEST: prints the names, one a line in NAMES, that a Mac with OLDEST has not, or of which the
# TABLE (imports.tsv) does not say since when one has them. Ends with 0 if there is none.
set -eu
awk -F '\t' -v oldest="$3" '!/^#/ {
    split($2, since, "."); split(oldest, have, ".")
    if (since[1] < have[1] || since[1] == have[1] && since[2] + 0 <= have[2] + 0) print $1 }' "$2" |
  sort -u >"$1.allowed"
refused=$(sed 's/\$.*//' "$1" | sort -u | comm -23 - "$1.allowed")
[ -n "$refused" ] || exit 0
printf '%s\n' "$refused" | while read -r name; do
  awk -F '\t' -v name="$name" '$1 == name { since = $2 }
    END { print name (since == "" ? ": not in the table" : ": came with macOS " since) }' "$2"
done
exit 1
