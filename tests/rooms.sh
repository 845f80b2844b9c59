#!/bin/sh
# The rooms and their one-way doors (README.md). Prints every line that breaks a rule; exit 1 if any.
cd "$1" || exit 2
broken=$(
  rule() { # rule TEXT PATTERN PLACE...: no file of PLACE may have a line like PATTERN
    text=$1 pattern=$2
    shift 2
    grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$@" 2>/dev/null | sed "s|^|$text: |"
  }
  rule 'dsl knows only itself' '#include "(engine|providers|cli|tests)/' dsl
  rule 'engine does not look up' '#include "(providers|cli|tests)/' engine
  rule 'providers do not see cli or the tree' '#include "(cli/|tests/|dsl/(tree|views|parse|check|format|detail))' providers
  rule 'only dsl/detail and parse.cpp see PEGTL' '#include [<"]tao/' dsl engine providers cli |
    grep -vE ': dsl/(detail/|parse)'
  rule 'only the adapters see toml++' '#include <toml' dsl engine providers cli |
    grep -vE ': engine/detail/toml'
  rule 'only gopol-net and gopol-git see libgit2, libcurl, libarchive, mbedTLS' \
    '#include <(git2|curl|archive|mbedtls)' dsl engine providers cli | grep -vE ': engine/(net/|sha256)'
  rule 'only the reader of TCC.db sees SQLite' '#include <sqlite3' dsl engine providers cli |
    grep -vE ': providers/tcc/database'
  rule 'only the reader of fleets sees RapidJSON' '#include <rapidjson' dsl engine providers cli |
    grep -vE ': engine/diff/raw_machine'
  rule 'only engine/platform asks which system it is compiled for' '\b(__APPLE__|__linux__)\b' dsl engine providers cli
  rule 'errors are values' '\bthrow\b' dsl engine providers cli | grep -vE '//.*throw'
  rule 'no shared ownership, no new' '\b(std::shared_ptr|new [A-Z])' dsl engine providers cli
  find dsl engine providers cli \( -name '*.h' -o -name '*.cpp' \) 2>/dev/null |
    while read -r file; do
      lines=$(wc -l <"$file")
      [ "$lines" -le 500 ] || echo "longer than 500 lines: $file ($lines)"
    done
)
[ -z "$broken" ] && exit 0
printf '%s\n' "$broken"
exit 1
