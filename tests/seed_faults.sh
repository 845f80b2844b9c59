#!/bin/sh
# Repeats a row of seeded-faults.md: seed_faults.sh N [TEST...]. The fault is put into a copy of what is committed, that is
# built in build-seeded/ and the tests are run until one fails; TESTs are patterns of ctest's -R. Ends with 0 if one caught it.
set -eu
cd "$(dirname "$0")/.."
number=$1
shift
copy=$PWD/build-seeded
mkdir -p "$copy"
git archive HEAD | tar -xf - -C "$copy"
python3 - "$number" "$copy" <<'P'
import re
import sys
number, copy = sys.argv[1:]
for line in open("tests/seeded-faults.md", encoding="utf-8"):
    cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]
    if len(cells) > 5 and cells[1] == number:
        break
else:
    sys.exit(f"there is no fault {number}")
name, written, fault = (cell.strip("`") for cell in cells[2:5])
with open(f"{copy}/{name}", encoding="utf-8") as file:
    text = file.read()
if text.count(written) != 1:
    sys.exit(f"{name} does not say `{written}` once")
with open(f"{copy}/{name}", "w", encoding="utf-8") as file:
    file.write(text.replace(written, fault))
P
cd "$copy"
cmake --preset dev -DGOPOL_WERROR=OFF >/dev/null
cmake --build --preset dev -- --quiet
[ $# != 0 ] || set -- .
for pattern; do
  if ! ctest --preset dev --stop-on-failure --timeout 600 -R "$pattern"; then
    echo "fault $number is caught"
    exit 0
  fi
done
echo "fault $number is not caught"
exit 1
