#include "providers/shell/login_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/shell/profile_reader.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;
using engine::Host;

bool is_macos(const Host& host) { return host.system().platform() == "macos"; }

bool is_there(const Host& host, const Path& path) {
  const auto status = host.disk().stat_target(path);
  return !status || status->type != engine::FileStatus::Type::absent;
}

/// What login(1) gives a shell before any file of the shell.
void begin(Session& session) {
  const Host& host = session.host();
  if (is_macos(host)) {
    session.set_path(macos_gui_path, "launchd");
    return;
  }
  session.set_path(host.system().user().uid == 0
                       ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                       : "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games",
                   "login");
  // pam_env(8): KEY=VALUE lines, no expansion.
  const Path file("/etc/environment");
  const FileText text = read_text(host, file);
  int number = 0;
  for (std::string_view line : lines_with_ends(text.text)) {
    ++number;
    line = without_end(line);
    if (!line.starts_with("PATH=")) continue;
    line.remove_prefix(5);
    if (line.size() > 1 && line.front() == '"' && line.back() == '"')
      line = line.substr(1, line.size() - 2);
    session.set_path(line, fmt::format("{}:{}", file.text, number));
  }
}

/// A file of the system's; where macOS ships one that runs path_helper and it is missing (a
/// recorded machine need not have it), its rule holds all the same.
void system_file(ProfileReader& reader, const Host& host, const Path& file) {
  if (is_macos(host) && !is_there(host, file))
    reader.run_path_helper();
  else
    reader.run_file(file);
}

void read_zsh(ProfileReader& reader, Session& session) {
  const Host& host = session.host();
  const Path system(is_there(host, Path("/etc/zsh")) ? "/etc/zsh" : "/etc");
  const auto user = [&](std::string_view name) {
    const auto folder = session.variable("ZDOTDIR");
    const std::string home = host.system().user().home.text;
    reader.run_file(Path(!folder || folder->empty() ? home : *folder) / name);
  };
  reader.run_file(system / "zshenv");
  user(".zshenv");
  system_file(reader, host, system / "zprofile");
  user(".zprofile");
  reader.run_file(system / "zlogin");
  user(".zlogin");
}

void read_bash(ProfileReader& reader, const Host& host) {
  system_file(reader, host, Path("/etc/profile"));
  for (const char* name : {".bash_profile", ".bash_login", ".profile"}) {
    const Path file = host.system().user().home / name;
    if (is_there(host, file)) return reader.run_file(file);
  }
}

/// What a terminal's shell reads beyond that may change PATH again: said, not followed.
void note_interactive(const ProfileReader& reader, const Session& session, LoginPath& out) {
  if (session.shell() != Shell::zsh && session.shell() != Shell::bash) return;
  const Path file = session.shell() == Shell::zsh ? zsh_folder(session.host().system()) / ".zshrc"
                                                  : session.host().system().user().home / ".bashrc";
  if (reader.finished().count(file.text) != 0) return;
  const FileText text = read_text(session.host(), file);
  const auto commands = parse_script(text.text).commands;
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const Command& command) {
    return may_change_path(command, session.shell());
  });
  if (found == commands.end()) return;
  out.notes.push_back(
      fmt::format("{}:{} may change PATH for interactive shells", file.text, found->line));
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
  return found == variables.end() ? nullptr : &*found;
}

LoginPath login_path(const Host& host) {
  const Shell shell = login_shell(host.system());
  LoginPath out;
  if (host.system().user_shell().empty() || shell == Shell::fish) {
    out.entries.push_back(
        {"", "",
         dsl::Unknown{shell == Shell::fish ? "gopol does not read the files of fish"
                                           : "nobody says which login shell the user has",
                      ""}});
    return out;
  }
  Session session(shell, host);
  ProfileReader reader(session);
  begin(session);
  if (shell == Shell::zsh) {
    read_zsh(reader, session);
  } else if (shell == Shell::bash) {
    read_bash(reader, host);
  } else {
    system_file(reader, host, Path("/etc/profile"));
    reader.run_file(host.system().user().home / ".profile");
  }
  out.entries = session.path();
  out.variables = session.handed_on();
  note_interactive(reader, session, out);
  return out;
}

std::vector<PathEntry> gui_path() {
  std::vector<PathEntry> out;
  for (const char* folder : {"/usr/bin", "/bin", "/usr/sbin", "/sbin"})
    out.push_back({folder, "launchd"});
  return out;
}

}  // namespace gopol::providers::shell
