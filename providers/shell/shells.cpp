#include "providers/shell/shells.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::providers::shell {
namespace {

using dsl::Path;

bool is_there(const Path& path, const engine::Disk& disk) {
  const auto status = disk.stat_target(path);
  return !status || status->type != engine::FileStatus::Type::absent;
}

/// bash reads the first of three.
Path bash_file(const engine::Host& host) {
  const Path& home = host.system().user().home;
  for (const char* name : {".bash_profile", ".bash_login", ".profile"}) {
    if (is_there(home / name, host.disk())) return home / name;
  }
  return home / (host.system().platform() == "macos" ? ".bash_profile" : ".profile");
}

}  // namespace

Shell shell_of(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') + 1);
  if (last == "zsh") return Shell::zsh;
  if (last == "bash") return Shell::bash;
  return last == "fish" ? Shell::fish : Shell::sh;
}

Shell login_shell(const engine::System& system) { return shell_of(system.user_shell()); }

Path zsh_folder(const engine::System& system) {
  const auto folder = system.environment("ZDOTDIR");
  return folder && folder->starts_with('/') ? Path(*folder) : system.user().home;
}

Path profile_file(Shell shell, const engine::Host& host) {
  switch (shell) {
    case Shell::zsh: return zsh_folder(host.system()) / ".zprofile";
    case Shell::bash: return bash_file(host);
    case Shell::fish: return host.system().user().home / ".config/fish/config.fish";
    default: return host.system().user().home / ".profile";
  }
}

std::string quoted(Shell shell, std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (shell == Shell::fish && (c == '\'' || c == '\\')) {
      out += '\\';
      out += c;
    } else if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string unquoted(Shell shell, std::string_view word, bool& ok) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool escapes = shell == Shell::fish ? inside : !inside;
    if (c == '\'') {
      inside = !inside;
    } else if (c == '\\' && escapes && i + 1 < word.size()) {
      out += word[++i];
    } else if (inside) {
      out += c;
    } else {
      ok = false;
    }
  }
  ok = ok && !inside && !word.empty();
  return out;
}

std::string export_line(Shell shell, std::string_view name, std::string_view value) {
  if (shell == Shell::fish) return fmt::format("set -gx {} {}\n", name, quoted(shell, value));
  return fmt::format("export {}={}\n", name, quoted(shell, value));
}

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), fits);
}

}  // namespace gopol::providers::shell
