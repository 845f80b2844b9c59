#include <algorithm>
#include <utility>

#include "providers/shell/session/outputs.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
Truth Reader::assign(const std::string& word) {
  const std::size_t end = assigned_name(word);
  const std::string name = word.substr(0, end);
  const bool appends = word[end] == '+';
  const std::string_view value = std::string_view(word).substr(end + (appends ? 2 : 1));
  if (value.starts_with("(") && value.ends_with(")"))
    return assign_list(name, value.substr(1, value.size() - 2), appends);
  const std::string_view command = command_in(value);
  Truth out = command.empty() ? Truth::yes : Truth::maybe;
  Text text;
  if (!command.empty()) {
    Output output = output_of(session_, command);
    text = std::move(output.text);
    out = output.success;
  } else {
    text = expanded(session_, value, Place::value);
  }
  if (appends) {
    const auto at = session_.state.variables.find(name);
    if (at != session_.state.variables.end() && at->second.list) {
      Variable longer = at->second;
      longer.items.push_back(std::move(text));
      set(session_, name, std::move(longer));
      return out;
    }
    const Text before = value_of(session_, name);
    text = before.whole() ? Text{before.text + text.text, text.why} : before;
  }
  set(session_, name, std::move(text));
  return out;
}

/// `name=(…)`, `name+=(…)`.
Truth Reader::assign_list(const std::string& name, std::string_view inside, bool appends) {
  const std::string text = "x " + std::string(inside);
  std::string flat;  // line ends separate words there
  const Script script = parse_script(text, dialect_of(session_.shell));
  Words words;
  for (const Command& command : script.commands) {
    if (command.kind != Command::Kind::simple) return lose("gopol does not understand the line");
    words.insert(words.end(), command.words.begin(), command.words.end());
  }
  if (script.broken_at != 0) return lose("gopol does not understand the line");
  Variable out;
  out.list = true;
  out.items.clear();
  const bool is_path = name == "path" && session_.shell == Shell::zsh;
  const auto before = session_.state.variables.find(name);
  if (appends && is_path && !session_.state.path.empty())
    out.items.push_back(value_of(session_, "path"));
  else if (appends && !is_path && before != session_.state.variables.end() && before->second.set)
    out.items = before->second.items;
  Fields fields = fields_of(session_, words, 1);
  for (Text& item : fields.items) out.items.push_back(std::move(item));
  if (!fields.why.empty()) out.items.push_back({"", fields.why});
  set(session_, name, std::move(out));
  return Truth::yes;
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

/// `export`, `typeset`, `local` and their like.
Truth Reader::declare(const std::string& how, const Words& words) {
  bool exports = how == "export", global = exports || how == "readonly", unique = false;
  bool takes_back = false, tied = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if ((word[0] == '-' || word[0] == '+') && word.size() > 1) {
      const bool on = word[0] == '-';
      const auto has = [&](char letter) { return word.find(letter) != std::string::npos; };
      if (how == "export" && has('f')) return Truth::maybe;  // functions
      exports = exports || (on && has('x'));
      global = global || has('g');
      unique = unique || (on && has('U'));
      tied = tied || has('T');
      takes_back = takes_back || (!on && has('x')) || (how == "export" && has('n'));
      if (has('f') || has('p') || has('F')) return Truth::maybe;  // prints, or is about functions
      if (has('n') && how != "export") return lose("gopol does not follow references");
      continue;
    }
    std::size_t end = assigned_name(word);
    std::string name = end == 0 ? word : word.substr(0, end);
    if (end == 0 && !is_variable_name(name)) {
      const Text text = expanded(session_, word, Place::value);  // `export $NAME`
      if (!text.whole()) return lose("which variable it sets cannot be told");
      if (text.text.empty()) continue;
      end = assigned_name(text.text);
      name = end == 0 ? text.text : text.text.substr(0, end);
      if (!is_variable_name(name)) return lose("which variable it sets cannot be told");
      if (end != 0) set(session_, name, Text{text.text.substr(end + 1), {}});
    } else {
      if (!global) hide(name);
      if (end != 0) assign(word);
    }
    const bool is_path = name == "PATH" || (name == "path" && session_.shell == Shell::zsh);
    if (is_path && takes_back) return lose("it takes PATH from programs");
    if (is_path && unique && session_.shell == Shell::zsh) {
      session_.state.unique = true;
      session_.state.set_path(session_.state.path);
    }
    if (is_path) continue;
    if (tied)
      return set(session_, name, Text{"", "gopol does not follow tied variables"}), Truth::yes;
    const auto at = session_.state.variables.find(name);
    if (at != session_.state.variables.end()) {
      if (exports) at->second.exported = true;
      if (takes_back) at->second.exported = false;
    } else if (!exports && !global && end == 0) {
      set(session_, name, Text{});
    } else if (exports && session_.shell == Shell::zsh) {
      set(session_, name, Text{});
      session_.state.variables[name].exported = true;
    } else if (exports) {
      Variable later;  // exported as soon as it is set
      later.set = false;
      later.exported = true;
      later.origin = session_.where;
      session_.state.variables[name] = later;
    }
  }
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
