#include "providers/shell/session/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/shell/session/builtins.h"
#include "providers/shell/session/fish.h"
#include "providers/shell/session/usual_names.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::FileStatus;

/// Whether all programs of the system can be seen: a recorded machine has few of them.
bool shows_the_system(const Session& session) {
  const auto status = session.host.disk().stat_target(Path("/usr/bin/env"));
  return status && status->type != FileStatus::Type::absent;
}

Text path_value(const State& state) {
  Text out{std::string(1, path_begin), {}};
  for (std::size_t i = 0; i < state.path.size(); ++i) {
    const PathEntry& entry = state.path[i];
    if (i > 0) out.text += ':';
    if (entry.unknown) {
      out.why = entry.unknown->reason.text();
      return out;
    }
    out.text += entry.folder;
  }
  out.text += path_end;
  return out;
}

Text all_items(const Variable& variable) {
  Text out;
  for (std::size_t i = 0; i < variable.items.size() && out.whole(); ++i) {
    if (i > 0) out.text += variable.colons ? ':' : ' ';
    out.text += variable.items[i].text;
    out.why = variable.items[i].why;
  }
  return out;
}

void give(Session& session, const std::string& name, std::string text, bool exported = true) {
  session.state.variables[name] = {{{std::move(text), {}}}, false, true, exported, {}};
}

}  // namespace

Dialect dialect_of(Shell shell) {
  if (shell == Shell::zsh) return Dialect::zsh;
  if (shell == Shell::fish) return Dialect::fish;
  return shell == Shell::bash ? Dialect::bash : Dialect::posix;
}

Session fresh_session(const engine::Host& host, Shell shell, bool interactive) {
  Session out{host, shell, interactive};
  const engine::System& system = host.system();
  const bool mac = system.platform() == "macos";
  give(out, "HOME", system.user().home.text);
  for (const char* name : {"USER", "LOGNAME"}) give(out, name, system.user_name());
  give(out, "SHELL", system.user_shell());
  for (const char* name : {"UID", "EUID"})
    give(out, name, fmt::format("{}", system.user().uid), false);
  if (shell == Shell::fish) {
    begin_fish(out);
    return out;
  }
  const bool zsh = shell == Shell::zsh, bash = shell == Shell::bash;
  if (zsh || interactive) give(out, "PS1", interactive ? "% " : "", false);
  if (zsh) give(out, "PROMPT", interactive ? "% " : "", false);
  if (bash) give(out, "BASH", "/bin/bash", false);
  if (bash) give(out, "BASH_VERSION", mac ? "3.2" : "5.2", false);
  if (zsh) give(out, "ZSH_VERSION", "5.9", false);
  if (zsh) give(out, "ZSH_NAME", "zsh", false);
  if (zsh) out.state.ties = {{"MANPATH", "manpath"}, {"CDPATH", "cdpath"}, {"FPATH", "fpath"}};
  if (zsh && mac) give(out, "VENDOR", "apple", false);
  if (const auto folder = system.environment("ZDOTDIR"); zsh && folder && folder->starts_with('/'))
    give(out, "ZDOTDIR", *folder);
  if (zsh || bash) {
    out.state.variables["OSTYPE"].items = {
        mac ? Text{"darwin", "which release of Darwin runs is not looked up"}
            : Text{"linux-gnu", {}}};
  }
  return out;
}

Text value_of(const Session& session, std::string_view name) {
  const State& state = session.state;
  if (name == "PATH" || (name == "path" && session.shell == Shell::zsh)) return path_value(state);
  if (const auto at = state.variables.find(name); at != state.variables.end())
    return at->second.set ? all_items(at->second) : Text{};
  if (const auto at = state.universal.find(name); at != state.universal.end())
    return all_items(at->second);
  if (name.size() == 1 && name[0] >= '1' && name[0] <= '9') {
    const auto number = static_cast<std::size_t>(name[0] - '1');
    for (const Text& one : state.arguments) {
      if (!one.whole()) return one;
    }
    return number < state.arguments.size() ? state.arguments[number] : Text{};
  }
  if (name == "?" && state.last == Truth::yes) return {"0", {}};
  if (name == "0" && session.shell == Shell::zsh && session.sourced) return {session.file, {}};
  if (name == "#") {
    for (const Text& one : state.arguments) {
      if (!one.whole()) return {"", untold};
    }
    return {fmt::format("{}", state.arguments.size()), {}};
  }
  if (name == "-") return {session.interactive ? "569XZilms" : "569Xl", {}};
  if (name == "IFS") return {" \t\n", {}};
  const bool is_name = is_variable_name(name);
  const bool bashs = name.starts_with("BASH") && session.shell != Shell::bash;
  const bool zshs = name.starts_with("ZSH_") && session.shell != Shell::zsh;
  if (bashs || zshs) return {};
  if (!is_name || may_be_given(name)) return {"", untold};
  if (state.strange && name != "ZDOTDIR") return {"", state.strange->unknown->reason.text()};
  return {};
}

Truth is_set(const Session& session, std::string_view name) {
  if (name == "PATH" || (name == "path" && session.shell == Shell::zsh)) return Truth::yes;
  const auto at = session.state.variables.find(name);
  if (at != session.state.variables.end()) {
    if (!at->second.set) return Truth::no;
    return at->second.items.size() != 1 || at->second.items[0].whole() ? Truth::yes : Truth::maybe;
  }
  if (session.state.universal.contains(name)) return Truth::yes;
  return value_of(session, name).whole() && is_variable_name(name) ? Truth::no : Truth::maybe;
}

Text program_called(const Session& session, const std::string& name) {
  for (const PathEntry& entry : session.state.path) {
    if (entry.unknown) return {"", entry.unknown->reason.text()};
    if (!entry.folder.starts_with('/')) return {"", "PATH holds a folder that is not absolute"};
    const Path program = Path(entry.folder) / name;
    const auto status = session.host.disk().stat_target(program);
    if (!status) return {"", status.error().front().message.text()};
    if (status->type == FileStatus::Type::regular && (status->mode & 0111) != 0)
      return {program.text, {}};
  }
  return {};
}

Truth program_there(const Session& session, const std::string& name) {
  const Text found = program_called(session, name);
  if (!found.text.empty()) return Truth::yes;
  if (!found.whole() || session.state.strange || may_be_of_the_system(name)) return Truth::maybe;
  if (is_usual_program(name)) return Truth::no;
  return shows_the_system(session) ? Truth::no : Truth::maybe;
}

Truth command_called(const Session& session, const std::string& name) {
  if (session.state.functions.contains(name) || session.state.aliases.contains(name) ||
      (session.shell == Shell::fish ? is_fish_builtin(name) : is_builtin(name)))
    return Truth::yes;
  return program_there(session, name);
}

std::string option_name(std::string_view name, bool& opposite) {
  std::string out;
  for (const char c : name) {
    if (c != '_') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  opposite = out.starts_with("no") && out != "nomatch" && out != "notify";
  if (opposite) out.erase(0, 2);
  return out;
}

Truth option(const Session& session, std::string_view name) {
  bool opposite = false;
  const std::string plain = option_name(name, opposite);
  Truth out = Truth::maybe;
  const auto at = session.state.options.find(plain);
  if (at != session.state.options.end())
    out = at->second;
  else if (plain == "interactive")
    out = truth(session.interactive);
  else if (plain == "unset" || plain == "nomatch")
    out = Truth::yes;
  else if (plain == "login" || plain == "rcs" || plain == "globalrcs")
    out = Truth::yes;
  else if (plain == "allexport" || plain == "shwordsplit" || plain == "extendedglob" ||
           plain == "nullglob" || plain == "ksharrays")
    out = Truth::no;
  return opposite ? negation(out) : out;
}

namespace {

/// A profile that doubles a text again and again shall cost no memory.
constexpr std::size_t longest_value = 100'000, most_items = 2'000;

std::string join(const Variable& list, std::string& why) {
  std::string out;
  for (std::size_t i = 0; i < list.items.size() && why.empty(); ++i) {
    out += (i == 0 ? "" : ":") + list.items[i].text;
    why = list.items[i].why;
  }
  return out;
}

/// The other half of a variable that is a text and a list.
void set_tied(State& state, const std::string& name) {
  for (const auto& [text, list] : state.ties) {
    if (name != text && name != list) continue;
    const Variable from = state.variables[name];
    Variable& to = state.variables[name == text ? list : text];
    to.set = from.set;
    to.origin = from.origin;
    to.list = name == text;
    to.items.clear();
    if (name == list) {
      Text whole;
      whole.text = join(from, whole.why);
      to.items.push_back(std::move(whole));
      continue;
    }
    const std::string& all = from.items.at(0).text;
    for (std::size_t at = 0; at <= all.size() && !all.empty();) {
      const std::size_t end = std::min(all.find(':', at), all.size());
      to.items.push_back({all.substr(at, end - at), {}});
      at = end + 1;
    }
    if (!from.items[0].whole()) to.items.push_back({"", from.items[0].why});
  }
}

}  // namespace

void set(Session& session, const std::string& name, Variable value) {
  State& state = session.state;
  for (Text& item : value.items) {
    if (item.text.size() > longest_value) item = {"", "it is longer than gopol follows"};
  }
  if (value.items.size() > most_items) value.items = {{"", "it is longer than gopol follows"}};
  if (name == "path" && session.shell == Shell::zsh) {
    std::vector<PathEntry> entries;
    for (const Text& item : value.items) {
      if (!value.set) continue;
      if (item.text.empty() && item.whole()) entries.push_back({"", session.where, {}});
      for (PathEntry& entry : path_of(item, state, session.where)) entries.push_back(entry);
      if (!item.whole()) break;
    }
    state.path = state.unique_list ? without_repetition(entries) : std::move(entries);
    return;
  }
  if (name == "PATH") {
    return state.set_path(value.set ? path_of(value.items.at(0), state, session.where)
                                    : std::vector<PathEntry>{});
  }
  for (Text& item : value.items) item.text = without_marks(std::move(item.text));
  const auto before = state.variables.find(name);
  const bool was_exported = before != state.variables.end() && before->second.exported;
  value.exported =
      value.set && (value.exported || was_exported || option(session, "allexport") == Truth::yes);
  value.origin = session.where;
  state.variables[name] = std::move(value);
  set_tied(state, name);
}

void set(Session& session, const std::string& name, Text value) {
  Variable out;
  out.items = {std::move(value)};
  set(session, name, std::move(out));
}

void lose_path(Session& session, std::string_view why) {
  session.state.set_path({path_unknown(session.state, session.where, why)});
}

void lose_all(Session& session, std::string_view why) {
  lose_path(session, why);
  State& state = session.state;
  state.strange = state.path.front();
  if (!state.arguments.empty()) state.arguments = {{"", std::string(why)}};
  for (auto& [name, variable] : state.variables) {
    if (variable.origin.empty()) continue;
    variable.items = {{"", state.strange->unknown->reason.text()}};
    variable.origin = session.where;
  }
  for (auto& [name, variable] : state.universal)
    variable.items = {{"", state.strange->unknown->reason.text()}};
}

}  // namespace gopol::providers::shell
