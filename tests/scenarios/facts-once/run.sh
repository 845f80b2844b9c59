# All facts of a machine in one run: no file is read twice, and each program is started once at most: those that tell
# what no file of a Mac tells an ordinary user (developer mode and its group, the firewall, SIP, enrolment, clang).
command -v strace >/dev/null && strace -o trace.txt true 2>/dev/null || { echo "skipped: no strace here"; exit 77; }
export ASAN_OPTIONS=detect_leaks=0
for machine in "$SOURCE"/examples/machines/*/; do
  name=$(basename "$machine")
  echo "=== $name"
  cp -R "$machine" "$name"
  strace -f -o trace.txt -e trace=open,openat,execve "$GOPOL" facts --machine "$name" >facts.txt
  grep -E 'open(at)?\(' trace.txt | grep -v O_DIRECTORY | grep ' = [0-9]' | grep -oE "\"[^\"]*/$name/root/[^\"]*\"" |
    sort >read.txt
  [ "$(wc -l <read.txt)" -ge 5 ] && echo "files are read" || cat read.txt
  uniq -d read.txt | sed 's/^/read twice: /'
  grep -oE 'execve\("[^"]*/tools/[^"]*"' trace.txt | sed 's/.*\///; s/"//' | sort | uniq -c |
    sed 's/^ *\([0-9]*\) \(.*\)/started \2: \1/'
  grep ' unknown: ' facts.txt | grep -v 'unknown: only `default` has\|unknown: only a Mac has' | sed 's/^/not known: /'
done
