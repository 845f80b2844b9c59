#include "providers/shell/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace gopol::providers::shell {
namespace {

bool is_variable_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

Truth negation(Truth a) { return a == Truth::maybe ? a : a == Truth::yes ? Truth::no : Truth::yes; }

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::maybe || b == Truth::maybe ? Truth::maybe : Truth::yes;
}

Truth either(Truth a, Truth b) { return negation(both(negation(a), negation(b))); }

Session::Session(Shell shell, const engine::Host& host) : shell_(shell), host_(host) {
  const engine::System& system = host.system();
  variables_["HOME"] = system.user().home.text;
  variables_["USER"] = variables_["LOGNAME"] = system.user_name();
  variables_["SHELL"] = system.user_shell();
  variables_["UID"] = variables_["EUID"] = fmt::format("{}", system.user().uid);
  variables_["PS1"] = "";  // of a shell that is not interactive
  variables_["BASH"] = shell == Shell::bash ? "/bin/bash" : "";
  variables_["BASH_VERSION"] = shell == Shell::bash ? "3.2" : "";
  variables_["ZSH_VERSION"] = shell == Shell::zsh ? "5.9" : "";
  variables_["ZDOTDIR"] = shell == Shell::zsh ? zsh_folder(system).text : "";
}

void Session::set(const std::string& name, std::optional<std::string> value,
                  const std::string& origin) {
  // PATH may be another one when it is used.
  if (value && value->find(path_mark) != std::string::npos) value.reset();
  variables_[name] = std::move(value);
  if (!origin.empty()) origins_[name] = origin;
}

void Session::hand_on(const std::string& name) { handed_on_.insert(name); }

std::vector<ShellVariable> Session::handed_on() const {
  std::vector<ShellVariable> out;
  for (const auto& [name, origin] : origins_) {
    if (handed_on_.contains(name)) out.push_back({name, variables_.at(name), origin});
  }
  return out;
}

std::optional<std::string> Session::variable(const std::string& name) const {
  if (name == "PATH") return std::string(1, path_mark);
  const auto at = variables_.find(name);
  return at == variables_.end() ? std::nullopt : at->second;
}

std::string Session::path_text() const {
  std::string out;
  for (std::size_t i = 0; i < path_.size(); ++i) out += (i == 0 ? "" : ":") + path_[i].folder;
  return out;
}

bool Session::set_path(std::string_view text, const std::string& origin) {
  std::vector<PathEntry> out;
  while (true) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view entry = text.substr(0, end);
    if (entry.size() == 1 && entry[0] == path_mark) {
      out.insert(out.end(), path_.begin(), path_.end());
    } else if (entry.find(path_mark) != std::string_view::npos) {
      return false;
    } else {
      out.push_back({std::string(entry), origin});
    }
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  set_path(std::move(out));
  return true;
}

void Session::set_path(std::vector<PathEntry> entries) {
  path_ = unique_ ? without_repetition(entries) : std::move(entries);
}

void Session::keep_unique() {
  unique_ = true;
  set_path(path_);
}

std::vector<PathEntry> without_repetition(const std::vector<PathEntry>& entries) {
  std::vector<PathEntry> out;
  std::set<std::string_view> seen;
  for (const PathEntry& entry : entries) {
    if (entry.unknown || seen.insert(entry.folder).second) out.push_back(entry);
  }
  return out;
}

std::optional<std::string> Session::command_output(std::string_view command) const {
  const engine::System& system = host_.system();
  if (command == "id -u" || command == "/usr/bin/id -u")
    return fmt::format("{}", system.user().uid);
  if (command == "id -un" || command == "whoami") return system.user_name();
  if (command == "uname" || command == "uname -s")
    return system.platform() == "macos" ? "Darwin" : "Linux";
  if (command == "uname -m") return system.machine();
  return {};
}

/// `NAME`, `NAME:-word`, `NAME+word` and their like.
std::optional<std::string> Session::braced(std::string_view inside, bool assignment) const {
  std::size_t end = 0;
  while (end < inside.size() && is_variable_byte(inside[end])) ++end;
  const auto value = variable(std::string(inside.substr(0, end)));
  std::string_view rest = inside.substr(end);
  if (end == 0 || !value) return {};
  if (rest.empty()) return value;
  // What is set and empty and what is not set differ only without `:`; only PATH and texts are
  // surely set.
  const bool colon = rest.front() == ':';
  if (colon) rest.remove_prefix(1);
  if (rest.empty() || (!colon && value->empty() && rest.front() == '+')) return {};
  const bool given = !value->empty();
  const std::string_view word = rest.substr(1);
  if (rest.front() == '-' || rest.front() == '=') return given ? value : expand(word, assignment);
  if (rest.front() == '+') return given ? expand(word, assignment) : std::string();
  return {};
}

namespace {

/// The text up to the bracket that closes the one at its begin; nothing if there is none.
std::optional<std::string_view> inside_brackets(std::string_view text, char open, char shut) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == open)
      ++depth;
    else if (text[i] == shut && --depth == 0)
      return text.substr(1, i - 1);
  }
  return {};
}

}  // namespace

std::optional<std::string> Session::expand(std::string_view word, bool assignment) const {
  std::string out;
  bool quoted = false, at_start = true;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool can_be_home = at_start && !quoted;
    at_start = assignment && c == ':';
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\'' && !quoted) {
      const std::size_t end = word.find('\'', i + 1);
      if (end == word.npos) return {};
      out += word.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '\\' && i + 1 < word.size()) {
      const char next = word[++i];
      if (next == '\n') continue;  // the line goes on
      if (quoted && next != '$' && next != '`' && next != '"' && next != '\\') out += c;
      out += next;
    } else if (c == '~' && can_be_home) {
      const char next = i + 1 < word.size() ? word[i + 1] : '/';
      if (next != '/' && next != ':') return {};
      out += host_.system().user().home.text;
    } else if (c == '`') {
      const std::size_t end = word.find('`', i + 1);
      const auto output =
          end == word.npos ? std::nullopt : command_output(word.substr(i + 1, end - i - 1));
      if (!output) return {};
      out += *output;
      i = end;
    } else if (c == '$' && i + 1 < word.size() && (word[i + 1] == '(' || word[i + 1] == '{')) {
      const bool braces = word[i + 1] == '{';
      const auto inside = inside_brackets(word.substr(i + 1), word[i + 1], braces ? '}' : ')');
      const auto value = !inside  ? std::nullopt
                         : braces ? braced(*inside, assignment)
                                  : command_output(*inside);
      if (!value) return {};
      out += *value;
      i += inside->size() + 2;
    } else if (c == '$' && i + 1 < word.size() && word[i + 1] != ':' && word[i + 1] != '"') {
      std::size_t end = i + 1;
      while (end < word.size() && is_variable_byte(word[end])) ++end;
      const auto value = variable(std::string(word.substr(i + 1, end - i - 1)));
      if (!value) return {};
      out += *value;
      i = end - 1;
    } else if (!quoted && !assignment &&
               std::string_view("*?[{").find(c) != std::string_view::npos) {
      return {};
    } else {
      out += c;
    }
  }
  if (quoted) return {};
  return out;
}

}  // namespace gopol::providers::shell
