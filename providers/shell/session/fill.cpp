#include <utility>

#include "providers/shell/session/condition.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {

/// Builtins that put something into variables which files do not hold: `read`, `printf -v`.
Truth Reader::fill(const std::string& name, const Fields& fields) {
  const bool prints = name == "printf" || name == "print";
  const Text unknown{"", "it is read when the shell runs"};
  for (std::size_t i = 0; i < fields.items.size(); ++i) {
    const std::string& word = fields.items[i].text;
    if (prints && word == "-v" && i + 1 < fields.items.size() &&
        is_variable_name(fields.items[i + 1].text))
      set(session_, fields.items[i + 1].text, unknown);
    const bool names = name == "read" || name == "mapfile" || name == "readarray" ||
                       name == "getopts" || name == "vared" || name == "zparseopts";
    const std::string plain = word.substr(0, word.find('?'));
    if (names && is_variable_name(plain)) set(session_, plain, unknown);
  }
  return Truth::maybe;
}

/// `[ … ]`: a word that becomes nothing is not there; one that becomes several is not understood.
Truth Reader::bracket_test(const std::string& name, Words words) {
  words.erase(words.begin());
  if (name == "[") {
    if (words.empty() || words.back() != "]") return Truth::maybe;
    words.pop_back();
  }
  Words out;
  for (std::string& word : words) {
    if (word == "==" && session_.shell == Shell::zsh) session_.stopped = true;  // `=`: a program
    const bool plain = word.find_first_of("$`*?[") == std::string::npos;
    const Fields fields = plain ? Fields{} : fields_of(session_, word);
    if (!plain && !fields.why.empty()) return Truth::maybe;
    if (!plain && fields.items.size() > 1) return Truth::maybe;
    if (plain || !fields.items.empty()) out.push_back(std::move(word));
  }
  return condition(session_, out, false);
}

}  // namespace gopol::providers::shell
