#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/shell/session/builtins.h"
#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"
#include "providers/shell/session/usual_names.h"

namespace gopol::providers::shell {
namespace {

constexpr int most_aliases_deep = 20;
constexpr const char* which_command = "which command it runs cannot be told";

bool is_bare(const std::string& word) { return word.find_first_of("\\\"'$`") == std::string::npos; }

bool declares(const std::string& name) {
  return name == "export" || name == "typeset" || name == "declare" || name == "readonly" ||
         name == "local" || name == "integer" || name == "float";
}

}  // namespace

std::size_t assigned_name(std::string_view word) {
  std::size_t end = 0;
  while (end < word.size() && is_name_byte(word[end])) ++end;
  if (end == 0 || (word[0] >= '0' && word[0] <= '9')) return 0;
  return word.substr(end).starts_with("=") || word.substr(end).starts_with("+=") ? end : 0;
}

std::string_view command_in(std::string_view word, Shell shell) {
  if (shell == Shell::fish && word.starts_with('(') && word.ends_with(')'))
    return word.substr(1, word.size() - 2);
  if (word.size() > 1 && word.front() == '"' && word.back() == '"')
    word = word.substr(1, word.size() - 2);
  if (word.starts_with("$(") && word.ends_with(")") && !word.starts_with("$(("))
    return word.substr(2, word.size() - 3);
  if (word.size() > 1 && word.front() == '`' && word.back() == '`')
    return word.substr(1, word.size() - 2);
  return {};
}

std::string joined_with_blanks(const std::vector<std::string>& words, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) out += (i == from ? "" : " ") + words[i];
  return out;
}

namespace {

/// NAME[KEY]=…: the length of NAME[KEY]; 0 if it is no such assignment.
std::size_t assigned_element(std::string_view word) {
  std::size_t end = 0;
  while (end < word.size() && is_name_byte(word[end])) ++end;
  if (!is_variable_name(word.substr(0, end)) || end == word.size() || word[end] != '[') return 0;
  const std::size_t shut = closing(word, end);
  if (shut == std::string_view::npos) return 0;
  const std::string_view rest = word.substr(shut + 1);
  return rest.starts_with("=") || rest.starts_with("+=") ? shut + 1 : 0;
}

}  // namespace

/// Of PATH, no more is known; of a list, nothing; a table's element is a variable of its own.
Truth Reader::assign_element(const std::string& word) {
  const std::size_t end = assigned_element(word), open = word.find('[');
  const std::string name = word.substr(0, open);
  if (name == "path" && session_.shell == Shell::zsh) {
    lose_path(session_, "gopol does not follow which of PATH's folders it sets");
    return Truth::yes;
  }
  const Text key =
      expanded(session_, std::string_view(word).substr(open + 1, end - open - 2), Place::word);
  const auto at = session_.state.variables.find(name);
  const bool list = at != session_.state.variables.end() && at->second.list;
  const bool simple = word[end] == '=' && key.whole() && !list;
  if (!simple || word.substr(end + 1).starts_with('(')) {
    set(session_, name, Text{"", "gopol does not follow which of its items it sets"});
    return Truth::yes;
  }
  session_.state.tables[name] = Truth::yes;
  set(session_, fmt::format("{}[{}]", name, key.text),
      expanded(session_, std::string_view(word).substr(end + 1), Place::value));
  return Truth::yes;
}

Truth Reader::run_simple(const Command& command) {
  if (session_.shell == Shell::fish) return run_fish(command.words);
  const Words& words = command.words;
  if (words.size() == 1 && assigned_element(words[0]) != 0) return assign_element(words[0]);
  const auto first = std::find_if(words.begin(), words.end(),
                                  [](const std::string& word) { return assigned_name(word) == 0; });
  if (first == words.end()) {
    Truth out = Truth::yes;
    for (const std::string& word : words) out = assign(word);
    return session_.stopped ? abandon() : out;
  }
  if (first == words.begin()) return run_words(words);
  // `NAME=value command`: it holds for the command only.
  const State before = session_.state;
  for (auto word = words.begin(); word != first; ++word) assign(*word);
  const Truth out = run_words({first, words.end()});
  for (auto word = words.begin(); word != first; ++word) {
    const std::string name = word->substr(0, assigned_name(*word));
    const auto old = before.variables.find(name);
    if (name == "PATH")
      session_.state.path = before.path;
    else if (old == before.variables.end())
      session_.state.variables.erase(name);
    else
      session_.state.variables[name] = old->second;
  }
  return out;
}

Truth Reader::run_words(const Words& words) {
  const std::string& written = words.front();
  const bool aliases = session_.shell == Shell::zsh || session_.interactive;
  if (const auto at = session_.state.aliases.find(written);
      at != session_.state.aliases.end() && aliases && is_bare(written))
    return run_alias(at->second, words);
  const Fields name = fields_of(session_, written);
  if (!name.why.empty() || (!name.items.empty() && !name.items[0].whole()))
    return lose(which_command);
  if (name.items.empty()) {
    if (words.size() == 1) return session_.state.last;
    return run_words({words.begin() + 1, words.end()});
  }
  const std::string plain = without_marks(name.items[0].text);
  if (session_.stopped) return abandon();
  Fields rest;
  for (std::size_t i = 1; i < name.items.size(); ++i) rest.items.push_back(name.items[i]);
  if (!declares(plain) && plain != "[" && plain != "test") {
    Fields more = fields_of(session_, words, 1);
    for (Text& item : more.items) rest.items.push_back(std::move(item));
    rest.why = std::move(more.why);
  }
  if (session_.stopped) return abandon();
  const Truth out = run_named(plain, words, rest);
  return session_.stopped ? abandon() : out;
}

/// An alias stands for its text, which may begin with itself.
Truth Reader::run_alias(std::string text, const Words& words) {
  if (aliases_ >= most_aliases_deep) return lose("aliases that stand for each other");
  const std::string name = words.front();
  const std::string own = session_.state.aliases.extract(name).mapped();
  ++aliases_;
  const Truth out = run_text(text + " " + joined_with_blanks(words, 1));
  --aliases_;
  session_.state.aliases.emplace(name, own);
  return out;
}

Truth Reader::run_named(const std::string& name, const Words& words, const Fields& fields) {
  if (session_.state.functions.contains(name)) return call(name, fields);
  if (name.size() == 1 && name[0] == '\x03') {
    take_out(words.at(1));
    return Truth::yes;
  }
  if (is_builtin(name)) return builtin(name, words, fields);
  if (name.find('/') != std::string::npos || is_usual_program(name))
    return command_called(session_, name) == Truth::no ? Truth::no : Truth::maybe;
  if (session_.state.strange) return lose(fmt::format("`{}` may be a function", name));
  return command_called(session_, name) == Truth::no ? Truth::no : Truth::maybe;
}

Truth Reader::builtin(const std::string& name, const Words& words, const Fields& fields) {
  if (declares(name)) return declare(name, words);
  if (name == "[" || name == "test") return bracket_test(name, words);
  if (name == "." || name == "source") return source(words, fields);
  if (name == "eval") return evaluate(words, fields);
  if (name == "exec") return exec(fields);
  if (name == "emulate") return emulate(words, fields);
  if (name == "builtin" || name == "command" || name == "noglob") return prefixed(name, words);
  if (name == "return" || name == "exit" || name == "logout" || name == "break" ||
      name == "continue")
    return leave_by(name, fields);
  if (name == "set" || name == "setopt" || name == "unsetopt" || name == "shopt")
    return about_options(name, fields);
  if (name == "alias" || name == "autoload" || name == "functions") return define(name, fields);
  if (name == "unset" || name == "unfunction" || name == "unalias") return forget(name, fields);
  if (name == "false") return Truth::no;
  const bool moves = name == "cd" || name == "chdir" || name == "pushd" || name == "popd";
  if (moves && session_.state.functions.contains("chpwd")) return call("chpwd", {});
  if (name == ":" || name == "true" || name == "echo") return Truth::yes;
  if (name == "let") {
    forget_counted(joined_with_blanks(words, 1));
    return Truth::maybe;
  }
  if (name == "trap") {
    const bool runs_on = std::any_of(fields.items.begin(), fields.items.end(), [](const Text& one) {
      return one.text == "DEBUG" || one.text == "ERR" || one.text == "ZERR" || one.text == "RETURN";
    });
    return runs_on ? lose("gopol does not follow `trap`") : Truth::yes;
  }
  if (name == "shift") {
    auto& arguments = session_.state.arguments;
    if (fields.items.size() > 1 || !fields.why.empty()) return lose("gopol does not follow it");
    if (!arguments.empty() && fields.items.empty() && arguments[0].whole())
      arguments.erase(arguments.begin());
    else if (!arguments.empty())
      arguments = {{"", "gopol does not follow `shift`"}};
    return Truth::maybe;
  }
  if (name == "type" || name == "which" || name == "whence" || name == "hash") {
    const bool plain = fields.items.size() == 1 && fields.items[0].whole() &&
                       !fields.items[0].text.starts_with('-');
    return plain ? command_called(session_, fields.items[0].text) : Truth::maybe;
  }
  return fill(name, fields);
}

/// `builtin X`, `command X`, `noglob X`. zsh's `command` looks for a program only.
Truth Reader::prefixed(const std::string& name, const Words& words) {
  if (words.size() < 2) return Truth::yes;
  if (name == "command" && (words[1] == "-v" || words[1] == "-V")) {
    const Fields asked = fields_of(session_, words, 2);
    if (asked.items.size() != 1 || !asked.items[0].whole()) return Truth::maybe;
    return command_called(session_, asked.items[0].text);
  }
  if (name == "command" && session_.shell == Shell::zsh) return Truth::maybe;
  const Words rest(words.begin() + (words[1] == "-p" ? 2 : 1), words.end());
  if (rest.empty()) return Truth::yes;
  const Text inner = expanded(session_, rest[0], Place::word);
  if (!inner.whole()) return lose(which_command);
  if (name == "noglob") return run_words(rest);
  if (is_builtin(inner.text)) return builtin(inner.text, rest, fields_of(session_, rest, 1));
  return Truth::maybe;
}

Truth Reader::about_options(const std::string& name, const Fields& fields) {
  if (name == "shopt") {
    if (fields.items.size() > 1 && fields.items[1].text == "nullglob")
      session_.state.options["nullglob"] = truth(fields.items[0].text == "-s");
    return Truth::maybe;
  }
  const bool words_only = name == "set" && !fields.items.empty() && fields.items[0].text == "--";
  if (!fields.why.empty() && words_only) {
    session_.state.arguments = {{"", fields.why}};
    return Truth::yes;
  }
  if (!fields.why.empty()) return lose("which options it sets cannot be told");
  if (name == "set") return set_arguments(fields);
  for (const Text& field : fields.items) {
    if (!field.whole()) return lose("which options it sets cannot be told");
    if (field.text.starts_with('-') || field.text.starts_with('+')) continue;
    bool opposite = false;
    const std::string plain = option_name(field.text, opposite);
    if (plain == "exec" || plain == "ignorebraces" || plain == "ignoreclosebraces")
      return lose("gopol does not follow that option");
    session_.state.options[plain] = truth((name == "setopt") != opposite);
  }
  return Truth::yes;
}

/// `set -a`, `set -o NAME`, `set -- words`.
Truth Reader::set_arguments(const Fields& fields) {
  auto& options = session_.state.options;
  for (std::size_t i = 0; i < fields.items.size(); ++i) {
    const std::string& word = fields.items[i].text;
    const bool on = word.starts_with('-');
    if (word == "--" || (!on && !word.starts_with('+'))) {
      const std::size_t from = word == "--" ? i + 1 : i;
      session_.state.arguments.assign(fields.items.begin() + static_cast<std::ptrdiff_t>(from),
                                      fields.items.end());
      return Truth::yes;
    }
    if (word.find('n') != std::string::npos) return lose("gopol does not follow that option");
    if (word.find('a') != std::string::npos) options["allexport"] = truth(on);
    if (word.find('u') != std::string::npos) options["unset"] = truth(!on);
    if (!word.ends_with('o') || i + 1 >= fields.items.size()) continue;
    bool opposite = false;
    const std::string plain = option_name(fields.items[++i].text, opposite);
    options[plain == "nounset" ? "unset" : plain] = truth(on != opposite);
  }
  return Truth::yes;
}

}  // namespace gopol::providers::shell
