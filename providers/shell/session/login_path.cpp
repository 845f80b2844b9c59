#include "providers/shell/session/login_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/session/reader.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::Host;

bool is_macos(const Host& host) { return host.system().platform() == "macos"; }

bool is_there(const Host& host, const Path& path) {
  const auto status = host.disk().stat_target(path);
  return !status || status->type != engine::FileStatus::Type::absent;
}

bool any_there(const Host& host, std::initializer_list<const char*> paths) {
  return std::any_of(paths.begin(), paths.end(),
                     [&](const char* path) { return is_there(host, Path(path)); });
}

/// pam_env(8): KEY=VALUE lines, perhaps with `export`, no expansion.
void read_environment(Session& session) {
  const Path file("/etc/environment");
  const FileText text = read_text(session.host, file);
  int number = 0;
  for (std::string_view line : lines_with_ends(text.text)) {
    ++number;
    line = without_end(line);
    if (line.starts_with("export ")) line.remove_prefix(7);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !is_variable_name(line.substr(0, equals))) continue;
    std::string_view value = line.substr(equals + 1);
    value = value.substr(0, value.find('#'));
    value = value.substr(0, value.find_last_not_of(" \t") + 1);
    const bool quotes = !value.empty() && (value.front() == '"' || value.front() == '\'');
    if (quotes) value.remove_prefix(1);
    if (quotes && !value.empty() && (value.back() == '"' || value.back() == '\''))
      value.remove_suffix(1);
    session.where = fmt::format("{}:{}", file.text, number);
    const std::string name(line.substr(0, equals));
    set(session, name, Text{std::string(value), {}});
    if (name != "PATH") session.state.variables[name].exported = true;
  }
}

/// What login(1) gives a shell before any file of the shell.
void begin(Session& session) {
  const Host& host = session.host;
  session.where = is_macos(host) ? "launchd" : "login";
  if (is_macos(host)) return set(session, "PATH", Text{std::string(macos_gui_path), {}});
  set(session, "PATH",
      Text{host.system().user().uid == 0
               ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
               : "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games",
           {}});
  read_environment(session);
}

/// A file of the system's. Where macOS ships one that runs path_helper and a recorded machine holds
/// none of those beside it either, its rule holds all the same.
void system_file(Reader& reader, const Host& host, const Path& file,
                 std::initializer_list<const char*> beside) {
  if (is_macos(host) && !is_there(host, file) && !any_there(host, beside))
    reader.run_path_helper();
  else
    reader.run_file(file);
}

class ZshFiles {
 public:
  ZshFiles(Reader& reader, Session& session) : reader_(reader), session_(session) {}

  void read() {
    const Host& host = session_.host;
    const Path etc(is_there(host, Path("/etc/zsh")) ? "/etc/zsh" : "/etc");
    reader_.run_file(etc / "zshenv");
    users(".zshenv");
    if (systems_too())
      system_file(reader_, host, etc / "zprofile", {"/etc/zshenv", "/etc/zshrc", "/etc/zlogin"});
    users(".zprofile");
    if (session_.interactive && systems_too()) reader_.run_file(etc / "zshrc");
    if (session_.interactive) users(".zshrc");
    if (systems_too()) reader_.run_file(etc / "zlogin");
    users(".zlogin");
  }

 private:
  bool goes_on() const { return session_.state.flow == Flow::on; }
  bool is_on(const char* name) {
    const Truth out = option(session_, name);
    if (out == Truth::maybe) lose_all(session_, "which files are read cannot be told");
    return out == Truth::yes;
  }
  bool systems_too() { return goes_on() && is_on("rcs") && is_on("globalrcs"); }

  void users(const char* name) {
    if (!goes_on() || !is_on("rcs")) return;
    const Text folder = value_of(session_, "ZDOTDIR");
    if (!folder.whole()) return lose_all(session_, "where zsh's files are cannot be told");
    const std::string home = session_.host.system().user().home.text;
    reader_.run_file(Path(folder.text.empty() ? home : folder.text) / name);
  }

  Reader& reader_;
  Session& session_;
};

void read_posix(Reader& reader, Session& session) {
  const Host& host = session.host;
  const Path& home = host.system().user().home;
  const bool bash = session.shell == Shell::bash;
  system_file(reader, host, Path("/etc/profile"), {"/etc/bashrc", "/etc/bash.bashrc"});
  if (session.state.flow != Flow::on) return;
  for (const char* name : {".bash_profile", ".bash_login", ".profile"}) {
    if (!bash && std::string_view(name) != ".profile") continue;
    if (is_there(host, home / name)) return reader.run_file(home / name);
  }
}

LoginPath unread(std::string_view why) {
  LoginPath out;
  out.entries.push_back({"", "", dsl::Unknown{std::string(why), ""}});
  out.any_other = ShellVariable{"", {}, ""};
  return out;
}

}  // namespace

LoginPath session_of(const Host& host, Shell shell, bool interactive) {
  Session session = fresh_session(host, shell, interactive);
  Reader reader(session);
  begin(session);
  if (shell == Shell::fish)
    reader.run_fish_files();
  else if (shell == Shell::zsh)
    ZshFiles(reader, session).read();
  else
    read_posix(reader, session);
  reader.settle();
  LoginPath out;
  out.entries = session.state.path;
  auto& variables = session.state.variables;
  for (const auto& [name, variable] : session.state.universal) {
    const auto [at, fresh] = variables.try_emplace(name, variable);
    if (!fresh && !at->second.set) at->second = variable;
  }
  for (const auto& [name, variable] : variables) {
    if (variable.origin.empty()) continue;
    if (!variable.set || !variable.exported) out.unset.push_back({name, {}, variable.origin});
    if (!variable.set || !variable.exported) continue;
    const Text text = value_of(session, name);
    out.variables.push_back(
        {name, text.whole() ? std::optional(text.text) : std::nullopt, variable.origin});
  }
  if (session.state.strange) out.any_other = ShellVariable{"", {}, session.state.strange->origin};
  return out;
}

namespace {

LoginPath read_session(const Host& host, bool interactive) {
  if (host.system().user_shell().empty())
    return unread("nobody says which login shell the user has");
  return session_of(host, login_shell(host.system()), interactive);
}

/// Where a terminal's PATH is another one.
void note_terminal(const Host& host, LoginPath& login) {
  const auto terminal = read_session(host, true).entries;
  const auto& here = login.entries;
  for (std::size_t i = 0; i < terminal.size(); ++i) {
    const bool same = i < here.size() && here[i].folder == terminal[i].folder &&
                      here[i].unknown.has_value() == terminal[i].unknown.has_value();
    if (same) continue;
    login.notes.push_back(
        fmt::format("{} may change PATH for interactive shells", terminal[i].origin));
    return;
  }
}

}  // namespace

const dsl::Unknown* LoginPath::unknown() const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [](const PathEntry& entry) { return entry.unknown.has_value(); });
  return found == entries.end() ? nullptr : &*found->unknown;
}

const ShellVariable* LoginPath::variable(std::string_view name) const {
  const auto found = std::find_if(variables.begin(), variables.end(),
                                  [&](const ShellVariable& one) { return one.name == name; });
  if (found != variables.end()) return &*found;
  const bool not_set = std::any_of(unset.begin(), unset.end(),
                                   [&](const ShellVariable& one) { return one.name == name; });
  return any_other && !not_set ? &*any_other : nullptr;
}

dsl::Unknown not_told(const ShellVariable& variable, std::string_view name) {
  if (variable.origin.empty())
    return {fmt::format("nobody reads the files that may set {}", name), ""};
  if (variable.name.empty())
    return {fmt::format("{} runs what nobody follows, and may set {}", variable.origin, name), ""};
  return {fmt::format("{} sets {} to what files cannot tell", variable.origin, name), ""};
}

LoginPath login_path(const Host& host) {
  LoginPath out = read_session(host, false);
  note_terminal(host, out);
  return out;
}

LoginPath terminal_path(const Host& host) { return read_session(host, true); }

std::vector<PathEntry> gui_path() {
  std::vector<PathEntry> out;
  for (const char* folder : {"/usr/bin", "/bin", "/usr/sbin", "/sbin"})
    out.push_back({folder, "launchd", {}});
  return out;
}

}  // namespace gopol::providers::shell
