#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "providers/shell/session/condition.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

/// Source: fish-doc(1) "Commands", share/functions.
constexpr std::array fish_harmless = {"abbr",
                                      "argparse",
                                      "bg",
                                      "bind",
                                      "cd",
                                      "cdh",
                                      "commandline",
                                      "complete",
                                      "contains",
                                      "count",
                                      "dirh",
                                      "dirs",
                                      "disown",
                                      "echo",
                                      "false",
                                      "fg",
                                      "fish_add_path",
                                      "fish_config",
                                      "fish_default_key_bindings",
                                      "fish_hybrid_key_bindings",
                                      "fish_opt",
                                      "fish_update_completions",
                                      "fish_vi_key_bindings",
                                      "funcsave",
                                      "functions",
                                      "help",
                                      "history",
                                      "isatty",
                                      "jobs",
                                      "math",
                                      "nextd",
                                      "path",
                                      "popd",
                                      "prevd",
                                      "printf",
                                      "pushd",
                                      "pwd",
                                      "random",
                                      "realpath",
                                      "set_color",
                                      "status",
                                      "string",
                                      "suspend",
                                      "test",
                                      "trap",
                                      "true",
                                      "type",
                                      "ulimit",
                                      "umask",
                                      "wait"};
constexpr std::array fish_others = {".",       "[",       "alias",    "and",  "block", "break",
                                    "builtin", "command", "continue", "emit", "eval",  "exec",
                                    "exit",    "export",  "not",      "or",   "read",  "return",
                                    "set",     "setenv",  "source"};

bool is_harmful_option(const std::string& word) { return word == "theme" || word == "save"; }

/// One of `set`'s options; false: gopol does not know it.
bool take_option(const std::string& word, FishSet& out) {
  static constexpr std::pair<const char*, char> long_names[] = {
      {"--local", 'l'},  {"--function", 'f'}, {"--global", 'g'}, {"--universal", 'U'},
      {"--export", 'x'}, {"--unexport", 'u'}, {"--erase", 'e'},  {"--query", 'q'},
      {"--append", 'a'}, {"--prepend", 'p'},  {"--path", '/'},   {"--names", 'n'},
      {"--show", 'S'},   {"--long", 'L'}};
  std::string letters = word.substr(1);
  for (const auto& [name, letter] : long_names) {
    if (word == name) letters = letter;
  }
  for (const char c : letters) {
    switch (c) {
      case 'l': out.local = true; break;
      case 'f': out.function = true; break;
      case 'g': out.global = true; break;
      case 'U': out.universal = true; break;
      case 'x': out.exports = true; break;
      case 'u': out.hides = true; break;
      case 'e': out.erases = true; break;
      case 'q': out.asks = true; break;
      case 'a': out.appends = true; break;
      case 'p': out.prepends = true; break;
      case '/': out.colons = true; break;
      case 'n':
      case 'S': out.prints = true; break;
      case 'L': break;
      default: return false;
    }
  }
  return true;
}

}  // namespace

bool is_fish_harmless(std::string_view name) { return is_one_of(name, fish_harmless); }
bool is_fish_builtin(std::string_view name) {
  return is_fish_harmless(name) || is_one_of(name, fish_others);
}

Truth Reader::fish_builtin(const std::string& name, const Words& words, const Fields& fields) {
  if (name == "set") return fish_set(fields);
  if (name == "[" || name == "test") return fish_test(words);
  if (name == "source" || name == ".") return fish_source(words, fields);
  if (name == "eval") return fish_eval(words, fields);
  if (name == "fish_add_path") return fish_add_path(fields);
  if (name == "export" || name == "setenv") return fish_export(fields);
  if (name == "exec") return exec(fields);
  if (name == "return" || name == "exit" || name == "break" || name == "continue")
    return leave_by(name, fields);
  if (name == "emit") return lose("gopol does not follow `emit`");
  if (name == "read") {
    for (const Text& item : fields.items) {
      FishSet unknown;
      unknown.name = item.text;
      unknown.values.items = {{"", "it is read when the shell runs"}};
      if (is_variable_name(item.text)) fish_assign(unknown);
    }
    return fields.why.empty() ? Truth::maybe : lose("what it reads cannot be told");
  }
  if (name == "alias") {
    const auto& items = fields.items;
    std::string text = items.size() == 1 ? items[0].text : items.empty() ? "" : items[0].text + "=";
    if (items.size() > 1) text += items[1].text;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos && equals > 0)
      session_.state.aliases[text.substr(0, equals)] = text.substr(equals + 1);
    return Truth::yes;
  }
  if (name == "functions") {
    const auto& items = fields.items;
    const bool two = items.size() == 2 && items[0].whole() && items[1].whole();
    if (two && (items[0].text == "-e" || items[0].text == "--erase"))
      session_.state.functions.erase(items[1].text);
    if (!two || (items[0].text != "-q" && items[0].text != "--query")) return Truth::maybe;
    if (session_.state.functions.contains(items[1].text)) return Truth::yes;
    return session_.state.strange || is_fish_builtin(items[1].text) ? Truth::maybe : Truth::no;
  }
  if (name == "type" || name == "command" || name == "builtin") {
    // `type -q NAME`, `command -sq NAME`.
    Fields asked = fields;
    std::erase_if(asked.items, [](const Text& one) { return one.text.starts_with('-'); });
    if (asked.items.size() != 1 || !asked.items[0].whole() || !asked.why.empty())
      return Truth::maybe;
    const std::string& program = asked.items[0].text;
    if (program.starts_with('/')) {
      const auto status = session_.host.disk().stat_target(dsl::Path(program));
      return status ? truth(status->type == engine::FileStatus::Type::regular) : Truth::maybe;
    }
    if (name == "type") return command_called(session_, program);
    return name == "command" ? program_there(session_, program) : Truth::maybe;
  }
  if (name == "cd" && option(session_, "onvariablePWD") == Truth::yes)
    return lose("a function runs whenever the folder changes");
  if (name == "fish_config" || name == "funcsave") {
    const bool sets = std::any_of(fields.items.begin(), fields.items.end(),
                                  [](const Text& one) { return is_harmful_option(one.text); });
    return sets ? Truth::yes : Truth::maybe;  // colours and prompts
  }
  if (name == "argparse") return lose("gopol does not follow `argparse`");
  if (name == "true" || name == "echo" || name == "abbr" || name == "bind") return Truth::yes;
  if (name == "false") return Truth::no;
  Fields all = fields;
  all.items.insert(all.items.begin(), Text{name, {}});
  return fish_output_of(session_, all, nullptr).success;
}

/// `test`: a word that becomes nothing is not there.
Truth Reader::fish_test(Words words) {
  if (words.front() == "[" && words.back() != "]") return Truth::maybe;
  if (words.front() == "[") words.pop_back();
  Words out;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const Fields fields = fields_of(session_, words[i]);
    if (!fields.why.empty()) return Truth::maybe;
    for (const Text& item : fields.items) {
      if (!item.whole() && fields.items.size() > 1) return Truth::maybe;
      const bool bare = item.whole() && !item.text.empty() &&
                        item.text.find_first_of("$(){}\\'\"*?~ \n\t[;&|<>") == std::string::npos;
      out.push_back(!item.whole() ? words[i] : bare ? item.text : quoted(Shell::fish, item.text));
    }
  }
  return condition(session_, out, false);
}

Truth Reader::fish_set(const Fields& fields) {
  FishSet how;
  std::size_t at = 0;
  for (; at < fields.items.size(); ++at) {
    const std::string& word = fields.items[at].text;
    if (word == "--" && ++at > 0) break;
    if (!word.starts_with('-') || word.size() < 2) break;
    if (!take_option(word, how)) return lose(fmt::format("gopol does not know `set {}`", word));
  }
  const std::vector<Text> rest(fields.items.begin() + static_cast<std::ptrdiff_t>(at),
                               fields.items.end());
  if (how.prints) return Truth::maybe;
  if (how.asks || how.erases) {
    for (const Text& one : rest) {
      if (!one.whole() && how.erases) return lose("which variable it drops cannot be told");
      if (!one.whole()) return Truth::maybe;
      how.names.push_back(one.text);
    }
    if (!fields.why.empty()) return how.erases ? lose(fields.why) : Truth::maybe;
    if (how.erases) return fish_forget(how);
    Truth out = Truth::yes;
    for (const std::string& name : how.names) out = both(out, fish_is_set(session_, how, name));
    return out;
  }
  if (rest.empty()) return fields.why.empty() ? Truth::yes : lose(fields.why);
  if (!rest[0].whole()) return lose("which variable it sets cannot be told");
  how.name = rest[0].text.substr(0, rest[0].text.find('['));
  how.values = {{rest.begin() + 1, rest.end()}, fields.why};
  if (!is_variable_name(how.name)) return lose("which variable it sets cannot be told");
  if (how.name.size() != rest[0].text.size()) {
    if (how.name == "PATH") return lose("gopol does not follow which of PATH's folders it sets");
    how.values = {{}, "gopol does not follow which of its items it sets"};
  }
  fish_assign(how);
  return session_.printed.value_or(session_.state.last);
}

/// fish's own function for lines from bash.
Truth Reader::fish_export(const Fields& fields) {
  std::vector<Text> items = fields.items;
  if (items.size() == 2 && items[0].text.find('=') == std::string::npos && items[0].whole())
    items = {{items[0].text + "=" + items[1].text, items[1].why}};  // setenv NAME VALUE
  for (const Text& item : items) {
    const std::size_t equals = item.text.find('=');
    FishSet how;
    how.global = how.exports = true;
    how.name = item.text.substr(0, equals);
    if (!is_variable_name(how.name)) return lose("which variable it sets cannot be told");
    if (equals == std::string::npos)
      how.values = fish_items(session_, how.name);
    else
      how.values.items = {{item.text.substr(equals + 1), item.why}};
    fish_assign(how);
  }
  return fields.why.empty() ? Truth::yes : lose("which variable it sets cannot be told");
}

Truth fish_is_set(const Session& session, const FishSet& how, const std::string& written) {
  const State& state = session.state;
  const std::size_t bracket = written.find('[');
  const std::string name = written.substr(0, bracket);
  if (name == "PATH" && bracket == std::string::npos) return Truth::yes;
  const auto at = state.variables.find(name);
  const auto kept = state.universal.find(name);
  const bool there = at != state.variables.end() && at->second.set;
  const bool universal = kept != state.universal.end();
  if (how.local || how.function) return there ? Truth::maybe : Truth::no;
  const Variable* found = there && !how.universal    ? &at->second
                          : universal && !how.global ? &kept->second
                                                     : nullptr;
  if (found == nullptr) {
    const bool never = at != state.variables.end() || how.global || how.universal;
    return never && !state.strange                   ? Truth::no
           : fish_items(session, name).items.empty() ? Truth::no
                                                     : Truth::maybe;
  }
  if (how.exports && !found->exported) return Truth::no;
  if (how.hides && found->exported) return Truth::no;
  if (bracket == std::string::npos) {
    const bool maybe = found->items.size() == 1 && !found->items[0].whole();
    return maybe ? Truth::maybe : Truth::yes;
  }
  std::size_t number = 0;
  for (const char c : written.substr(bracket + 1)) {
    if (c == ']') break;
    if (c < '0' || c > '9' || number > 1'000) return Truth::maybe;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  if (!found->items.empty() && !found->items.back().whole())
    return number < found->items.size() ? Truth::yes : Truth::maybe;
  return truth(number >= 1 && number <= found->items.size());
}

}  // namespace gopol::providers::shell
