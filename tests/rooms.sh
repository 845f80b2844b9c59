#!/bin/sh
# The house keeps its rules (tests/rooms.txt, README.md): rooms.sh SOURCE [TABLE]. Prints every line that breaks one; exit 1 if any.
cd "$1" || exit 2
table=${2:-tests/rooms.txt}
tops='dsl engine providers cli'

arrows() { # of the table and of the code: whatever is not allowed
  # shellcheck disable=SC2086 # a list
  grep -rHE --include='*.h' --include='*.cpp' '^#include "' $tops | awk -v table="$table" '
    function floor_of(room) { return room in floor ? floor[room] : 0 }
    function allowed(from, to,   i, rule) {
      for (i = 1; i <= count[from]; ++i) {
        rule = may[from, i]
        if (rule == to) return 1
        if (rule ~ /\/\*$/ && index(to, substr(rule, 1, length(rule) - 1)) == 1) return 1
      }
      return 0
    }
    BEGIN {
      while ((getline line < table) > 0) {
        if (line ~ /^#/ || line ~ /^ *$/) continue
        n = split(line, word, " ")
        floor[word[1]] = ++floors
        count[word[1]] = n - 1
        for (i = 2; i <= n; ++i) {
          may[word[1], i - 1] = word[i]
          if (word[i] !~ /\/\*$/ && !(word[i] in floor)) print table ": " word[1] " would stand below " word[i]
        }
      }
      if (!floors) print table ": no rooms"
    }
    {
      at = index($0, ":#include \"")
      file = substr($0, 1, at - 1)
      target = substr($0, at + 11)
      sub(/".*/, "", target)
      from = file; sub(/\/[^\/]*$/, "", from)
      to = target; sub(/\/[^\/]*$/, "", to)
      if (from == to) next
      if (!(from in floor)) print file ": in no room of " table
      else if (!(to in floor) || to == target) print file ": includes `" target "`, which is in no room"
      else if (floor_of(to) >= floor_of(from)) print file ": turns back, " from " -> " to
      else if (!allowed(from, to)) print file ": " from " may not include " to " (" target ")"
    }'
}

texts() { # what may stand only in some places
  rule() { # rule TEXT PATTERN PLACE...: no file of PLACE may have a line like PATTERN
    text=$1 pattern=$2
    shift 2
    grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$@" 2>/dev/null | sed "s|^|$text: |"
  }
  # shellcheck disable=SC2086 # a list
  {
    rule 'only dsl/syntax sees PEGTL' '#include [<"]tao/' $tops | grep -vE ': dsl/syntax/'
    rule 'only the adapters see toml++' '#include <toml' $tops | grep -vE ': engine/encoding/toml'
    rule 'only gopol-net and gopol-git see libgit2, libcurl, libarchive, mbedTLS' \
      '#include <(git2|curl|archive|mbedtls)' $tops | grep -vE ': engine/(net/|encoding/sha256)'
    rule 'only the reader of TCC.db sees SQLite' '#include <sqlite3' $tops | grep -vE ': providers/tcc/database'
    rule 'only the reader of XML lists sees expat' '#include <expat' $tops | grep -vE ': providers/read/plist_xml'
    rule 'only display_width sees utf8proc' '#include <utf8proc' $tops | grep -vE ': dsl/value/display_width'
    rule 'only engine/real asks which system it is compiled for' '\b(__APPLE__|__linux__)\b' $tops
    rule 'only the door prints: cli/terminal' \
      'std::(cout|cerr|clog)|\b(fwrite|fputs|puts|putchar|printf|fprintf|vprintf|fputc)\(|fmt::print|[^:_]write\((1|2|STDOUT_FILENO|STDERR_FILENO),|\\x1b|\\033' \
      cli dsl engine/apply engine/plan engine/diff providers | grep -vE ': (cli/terminal/terminal|dsl/value/ink)\.cpp'
    rule 'errors are values' '\bthrow\b' $tops | grep -vE '//.*throw'
    rule 'shared ownership and memory by hand: SharedList alone' \
      '\b(std::(shared_ptr|weak_ptr|launder|construct_at)|operator (new|delete)|new [A-Z(]|malloc\()' $tops |
      grep -vE ': dsl/value/shared_list\.h'
    # Texts made for people; whether one is there (`!= nullptr`, `empty`) may be asked. Excepted: what a person would
    # read twice is said once; a commit's message is git's.
    rule 'prose is not data: no decision is taken from a text made for people' \
      '(\.|->)(reason|message|help|remedy)(\.text\(\))?( *(==|!=)|\.(starts_with|ends_with|find|rfind|contains|compare|substr)\()' \
      $tops | grep -vE '(==|!=) *nullptr|: dsl/value/diagnostic\.cpp:|commit->message'
  }
}

sizes() {
  # shellcheck disable=SC2086 # a list
  find $tops \( -name '*.h' -o -name '*.cpp' \) | while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 320 ] || echo "longer than 320 lines: $file ($lines)"
  done
  # A command reads what it is asked, calls what works, and prints.
  wc -l cli/command/*.cpp 2>/dev/null | awk '$2 != "total" && $1 > 60 { print "longer than 60 lines: " $2 " (" $1 ")" }'
  # shellcheck disable=SC2086 # a list
  find $tops -type f | sed 's|/[^/]*$||' | sort | uniq -c | while read -r files folder; do
    [ "$files" -le 40 ] || echo "more than 40 files: $folder ($files)"
  done
}

broken=$(arrows; texts; sizes)
[ -z "$broken" ] && exit 0
printf '%s\n' "$broken"
exit 1
