#include <algorithm>
#include <utility>

#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"
#include "providers/shell/session/usual_names.h"

namespace gopol::providers::shell {

Reader::Assigned Reader::assigned(const std::string& word) {
  const std::size_t end = assigned_name(word);
  Assigned out{word.substr(0, end), {}, Truth::yes};
  const bool appends = word[end] == '+';
  const std::string_view value = std::string_view(word).substr(end + (appends ? 2 : 1));
  if (value.starts_with("(") && value.ends_with(")"))
    return assigned_list(out.name, value.substr(1, value.size() - 2), appends);
  const std::string_view command = command_in(value, session_.shell);
  Text text;
  if (!command.empty()) {
    Output output = output_of(session_, command);
    text = std::move(output.text);
    out.success = output.success;
  } else {
    text = expanded(session_, value, Place::value);
  }
  const bool is_path = out.name == "path" && session_.shell == Shell::zsh;
  const auto at = session_.state.variables.find(out.name);
  const bool list = at != session_.state.variables.end() && at->second.list && at->second.set;
  if (appends && (is_path || list)) {
    out.value.list = true;
    out.value.items = list ? at->second.items : std::vector{value_of(session_, "path")};
    out.value.items.push_back(std::move(text));
    return out;
  }
  if (appends) {
    const Text before = value_of(session_, out.name);
    text = before.whole() ? Text{before.text + text.text, text.why} : before;
  }
  out.value.items = {std::move(text)};
  return out;
}

/// `name=(…)`, `name+=(…)`.
Reader::Assigned Reader::assigned_list(const std::string& name, std::string_view inside,
                                       bool appends) {
  Assigned out{name, {}, Truth::yes};
  out.value.list = true;
  const Script script = parse_script("x " + std::string(inside), dialect_of(session_.shell));
  Words words;
  bool plain = script.broken_at == 0;
  for (const Command& command : script.commands) {
    plain = plain && command.kind == Command::Kind::simple;
    words.insert(words.end(), command.words.begin(), command.words.end());
  }
  if (!plain) {
    out.value.items = {{"", "gopol does not understand the line"}};
    return out;
  }
  out.value.items.clear();
  const bool is_path = name == "path" && session_.shell == Shell::zsh;
  const auto before = session_.state.variables.find(name);
  if (appends && is_path && !session_.state.path.empty())
    out.value.items.push_back(value_of(session_, "path"));
  else if (appends && !is_path && before != session_.state.variables.end() && before->second.set)
    out.value.items = before->second.items;
  Fields fields = fields_of(session_, words, 1);
  for (Text& item : fields.items) out.value.items.push_back(std::move(item));
  if (!fields.why.empty()) out.value.items.push_back({"", fields.why});
  return out;
}

Truth Reader::assign(const std::string& word) {
  Assigned what = assigned(word);
  if (session_.stopped) return Truth::no;
  set(session_, what.name, std::move(what.value));
  return what.success;
}

/// A variable of a function: what it hides comes back.
void Reader::hide(const std::string& name) {
  if (frames_.empty() || !frames_.back().function) return;
  Frame& frame = frames_.back();
  if (name == "PATH" || name == "path") {
    if (!frame.outer_path) frame.outer_path = session_.state.path;
    return;
  }
  const auto at = session_.state.variables.find(name);
  const bool there = at != session_.state.variables.end();
  frame.outer.emplace(name, there ? std::optional(at->second) : std::nullopt);
}

/// What the options of `export`, `typeset`, `local` and their like say.
struct Reader::Declared {
  bool exports = false, global = false, unique = false, takes_back = false, tied = false;
  bool counts = false;            ///< its value is a sum
  const char* strange = nullptr;  ///< why it is not followed
  bool table = false;             ///< its items have names
  bool nothing = false;           ///< it prints, or is about functions
};

Reader::Declared Reader::options_of(const std::string& how, const Words& words) {
  Declared out;
  out.exports = how == "export";
  out.global = out.exports || how == "readonly";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) continue;
    const bool on = word[0] == '-';
    const auto has = [&](char letter) { return word.find(letter) != std::string::npos; };
    out.exports = out.exports || (on && has('x'));
    out.global = out.global || has('g');
    out.unique = out.unique || (on && has('U'));
    out.tied = out.tied || has('T');
    out.takes_back = out.takes_back || (!on && has('x')) || (how == "export" && has('n'));
    out.nothing = out.nothing || has('f') || has('p') || has('F');
    if (has('n') && how != "export") out.strange = "gopol does not follow references";
    if (has('i')) out.counts = true;
    if (has('A')) out.table = true;
  }
  return out;
}

/// All words are worked out before the first is set, as the shells do.
Truth Reader::declare(const std::string& how, const Words& written) {
  const Declared options = options_of(how, written);
  if (options.nothing) return Truth::maybe;
  if (options.strange != nullptr) return lose(options.strange);
  Words words;
  for (std::size_t i = 1; i < written.size(); ++i) {
    const std::string& word = written[i];
    if ((word[0] == '-' || word[0] == '+') && word.size() > 1) continue;
    const bool several = session_.shell == Shell::bash || assigned_name(word) == 0;
    for (std::string& one : several ? braces(word) : Words{word}) words.push_back(std::move(one));
  }
  if (options.tied) return tie(words, options.exports);
  for (const std::string& word : options.table ? words : Words{}) {
    if (is_variable_name(word)) session_.state.tables[word] = Truth::yes;
  }
  std::vector<Assigned> all;
  std::vector<bool> sets;
  for (const std::string& word : words) {
    if (assigned_name(word) != 0 || is_variable_name(word)) {
      sets.push_back(assigned_name(word) != 0);
      all.push_back(sets.back() ? assigned(word) : Assigned{word, {}, Truth::yes});
      continue;
    }
    const Text text = expanded(session_, word, Place::value);  // `export $NAME`
    const std::size_t end = assigned_name(text.text);
    const std::string name = end == 0 ? text.text : text.text.substr(0, end);
    if (text.whole() && text.text.empty()) continue;
    const bool no_name = text.whole() && !is_variable_name(name) && !name.starts_with('-');
    if (no_name && session_.shell == Shell::bash) continue;  // "not a valid identifier"
    if (!text.whole() || no_name || !is_variable_name(name))
      return lose("which variable it sets cannot be told");
    all.push_back({name, {}, Truth::yes});
    sets.push_back(end != 0);
    if (end != 0) all.back().value.items = {{text.text.substr(end + 1), {}}};
  }
  if (session_.stopped) return Truth::no;
  for (std::size_t i = 0; i < all.size(); ++i) declare_one(options, all[i], sets[i]);
  return Truth::yes;
}

void Reader::declare_one(const Declared& how, Assigned& what, bool sets) {
  State& state = session_.state;
  const std::string& name = what.name;
  const bool zsh = session_.shell == Shell::zsh;
  const bool is_path = name == "PATH" || (name == "path" && zsh);
  if (!how.global) hide(name);
  if (sets && how.counts) what.value.items = {{"", "gopol does not count"}};
  if (sets) set(session_, name, std::move(what.value));
  if (is_path && how.takes_back) return void(lose("it takes PATH from programs"));
  if (is_path && how.unique && zsh) {
    (name == "path" ? state.unique_list : state.unique_text) = true;
    state.path = without_repetition(state.path);
  }
  if (is_path) return;
  const auto at = state.variables.find(name);
  if (at != state.variables.end()) {
    if (how.exports && !at->second.list) at->second.exported = true;
    if (how.takes_back) at->second.exported = false;
  } else if (how.exports && may_be_given(name)) {
    set(session_, name, Text{"", untold});
    state.variables[name].exported = true;
  } else if (zsh && (how.exports || !how.global)) {
    set(session_, name, Text{});
    state.variables[name].exported = how.exports;
  } else if (how.exports) {
    Variable later;  // exported as soon as it is set
    later.set = false;
    later.exported = true;
    later.origin = session_.where;
    state.variables[name] = later;
  }
}

/// `typeset -T TEXT list`: what one is set to, the other is.
Truth Reader::tie(const Words& words, bool exports) {
  const bool usual = words.size() == 2 || (words.size() == 3 && words[2] == ":");
  if (!usual || !is_variable_name(words[1])) return lose("gopol does not follow tied variables");
  const std::size_t end = assigned_name(words[0]);
  const std::string name = end == 0 ? words[0] : words[0].substr(0, end);
  if (!is_variable_name(name)) return lose("gopol does not follow tied variables");
  session_.state.ties[name] = words[1];
  const Text before = value_of(session_, name);
  if (end != 0)
    assign(words[0]);
  else
    set(session_, name, before);
  if (exports) session_.state.variables[name].exported = true;
  return Truth::yes;
}

void Reader::take_out(const std::string& word) {
  bool ok = true;
  const std::string folder = unquoted(session_.shell, word, ok);
  std::vector<PathEntry> out = session_.state.path;
  std::erase_if(out,
                [&](const PathEntry& entry) { return !entry.unknown && entry.folder == folder; });
  session_.state.set_path(std::move(out));
}

}  // namespace gopol::providers::shell
