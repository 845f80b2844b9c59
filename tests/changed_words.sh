#!/bin/sh
# That nothing but some words changed when the house was rebuilt: changed_words.sh GOPOL [BEFORE]. The sessions of commit
# BEFORE are run with the program of today, the policies in tests/golden of that time are compared with their texts of
# today; every line that differs must be explained by a row of changed-words.tsv, and every row must explain something.
set -eu
gopol=$1
before=${2:-cdd94e0}
cd "$(dirname "$0")/.."
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 130' HUP INT TERM
git archive "$before" | tar -xf - -C "$tree"
mkdir "$tree/was" "$tree/now"
tab=$(printf '\t')
grep "^[^#$tab]*$tab\\$" tests/changed-words.tsv | while IFS=$tab read -r name how pattern words reason; do
  sed -i "s|$pattern|$words|" "$tree/tests/scenarios/$name/run.sh"
done
# A recorded machine asks as a real one does: its sessions agree beforehand.
find "$tree/tests/scenarios" -name '*.sh' -exec sed -i -E \
  '/--machine/{/--yes/!s/(^|[^-[:alnum:]])apply ([^-]|--machine)/\1apply --yes --unsigned \2/}' {} +
agreed() { sed 's/^\(\$ gopol apply\) --yes --unsigned \(.*--machine\)/\1 \2/' "$1"; }
for folder in "$tree"/tests/scenarios/*/; do
  name=$(basename "$folder")
  agreed "$folder/expected.txt" >"$tree/was/$name"
  GOPOL_ACCEPT=1 timeout 90 tests/scenario.sh "$gopol" "$tree" "$name" || echo "$name: ended with $?"
  agreed "$folder/expected.txt" >"$tree/now/$name"
done
git ls-tree -r --name-only "$before" tests/golden | grep -v '\.policy$' | while read -r file; do
  name=$(echo "$file" | tr / -)
  cp "$tree/$file" "$tree/was/$name"
  cp "$file" "$tree/now/$name"
done

# Rows: the transcripts it is for; how: `=` a pattern and what stands there now, `+` a line that is new, `-` one that is
# gone, `$` what the session itself must say instead; the pattern; the new words; the reason.
awk -F '\t' -v tree="$tree" '
  /^#/ || $2 == "$" { next }
  { rows++; where[rows] = "^(" $1 ")$"; how[rows] = $2; pattern[rows] = $3; words[rows] = $4; reason[rows] = $5 }
  function explained(name, line, sign,   i) {
    for (i = 1; i <= rows; i++)
      if (how[i] == sign && name ~ where[i] && line ~ "^(" pattern[i] ")$") { used[i]++; return 1 }
    return 0
  }
  function today(name, line,   i) {
    for (i = 1; i <= rows; i++)
      if (how[i] == "=" && name ~ where[i]) used[i] += gsub(pattern[i], words[i], line)
    return line
  }
  function compare(name,   file, line, was, now, count) {
    file = tree "/was/" name
    while ((getline line <file) > 0) { was[today(name, line)]++; lines++ }
    file = tree "/now/" name
    while ((getline line <file) > 0) now[line]++
    for (line in was)
      for (count = was[line] - now[line]; count > 0; count--)
        if (explained(name, line, "-")) changed++
        else { print name ": - " line; bad++ }
    for (line in now)
      for (count = now[line] - was[line]; count > 0; count--)
        if (explained(name, line, "+")) changed++
        else { print name ": + " line; bad++ }
  }
  END {
    list = "ls " tree "/was"
    while ((list | getline name) > 0) compare(name)
    for (i = 1; i <= rows; i++)
      if (!used[i]) { print "changed-words.tsv explains nothing: " pattern[i]; bad++ }
      else if (how[i] == "=") changed += used[i]
    print lines " lines, " changed + 0 " explained, " bad + 0 " not"
    exit bad > 0
  }' tests/changed-words.tsv
