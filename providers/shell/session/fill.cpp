#include <utility>

#include "providers/shell/session/builtins.h"
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

Truth Reader::leave_by(const std::string& name, const Fields& fields) {
  State& state = session_.state;
  const std::string number = fields.items.empty() ? "" : fields.items[0].text;
  if (name == "break" || name == "continue") {
    if (loops_.empty()) return Truth::yes;
    if (!number.empty() && number != "1") return lose("gopol leaves one loop at a time");
    state.flow = name == "break" ? Flow::out_of_loop : Flow::next_round;
    return Truth::yes;
  }
  state.flow = name == "return" ? Flow::out_of_function : Flow::ended;
  if (number.empty()) return state.last;
  const bool known =
      fields.items[0].whole() && number.find_first_not_of("0123456789") == number.npos;
  return known ? truth(number == "0") : Truth::maybe;
}

Truth Reader::define(const std::string& name, const Fields& fields) {
  if (name == "functions") return Truth::maybe;
  for (const Text& field : fields.items) {
    const std::string& word = field.text;
    if (!field.whole() || word.starts_with('-') || word.starts_with('+')) continue;
    const std::size_t equals = word.find('=');
    if (name == "alias" && equals != std::string::npos && equals > 0)
      session_.state.aliases[word.substr(0, equals)] = word.substr(equals + 1);
    // What zsh ships is known; of any other function nobody reads the file.
    if (name == "autoload" && !is_harmless(word)) session_.state.functions[word] = {};
  }
  return Truth::yes;
}

Truth Reader::forget(const std::string& name, const Fields& fields) {
  bool functions = name == "unfunction";
  for (const Text& field : fields.items) {
    if (!field.whole()) return lose("what it takes back cannot be told");
    const std::string& word = field.text;
    if (word.starts_with('-')) {
      functions = functions || word.find('f') != std::string::npos;
      if (name == "unalias" && word == "-a") session_.state.aliases.clear();
    } else if (name == "unalias") {
      session_.state.aliases.erase(word);
    } else if (functions) {
      session_.state.functions.erase(word);
    } else if (is_variable_name(word)) {
      Variable gone;
      gone.set = false;
      gone.items = {{}};
      set(session_, word, std::move(gone));
    }
  }
  return Truth::yes;
}

}  // namespace gopol::providers::shell
