#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"
#include "providers/shell/login_path.h"
#include "providers/shell/shells.h"

namespace gopol::providers::shell {

/// What may be, too: a condition nobody can decide from files.
enum class Truth { no, yes, maybe };
Truth negation(Truth a);
Truth both(Truth a, Truth b);
Truth either(Truth a, Truth b);

/// Stands for PATH as it is inside an expanded text.
inline constexpr char path_mark = '\x01';

/// A shell that starts: what its variables are after the lines read so far.
class Session {
 public:
  Session(Shell shell, const engine::Host& host);

  /// What a word means; nothing if that cannot be known. PATH is `path_mark`. As in an assignment,
  /// if told so: `~` after `:` is a home, too, and patterns are texts.
  std::optional<std::string> expand(std::string_view word, bool assignment) const;
  /// A condition: the words of `[ … ]`, `[[ … ]]` or `test …`.
  Truth condition(std::vector<std::string> words) const;

  /// Nothing: its value is not known from here on. `origin`: FILE:LINE that says so.
  void set(const std::string& name, std::optional<std::string> value,
           const std::string& origin = {});
  void hand_on(const std::string& name);  ///< to the programs that the shell starts: `export`
  std::vector<ShellVariable> handed_on() const;  ///< those that a file set
  std::optional<std::string> variable(const std::string& name) const;

  /// Sets PATH from a text with `path_mark`. False: it stands inside an entry.
  bool set_path(std::string_view text, const std::string& origin);
  void set_path(std::vector<PathEntry> entries);
  const std::vector<PathEntry>& path() const { return path_; }
  std::string path_text() const;
  void keep_unique();  ///< from now on, as `typeset -U` says

  Shell shell() const { return shell_; }
  const engine::Host& host() const { return host_; }

 private:
  std::optional<std::string> command_output(std::string_view command) const;
  std::optional<std::string> braced(std::string_view inside, bool assignment) const;
  Truth file_condition(char test, const std::string& word) const;
  Truth primary(const std::vector<std::string>& words) const;

  Shell shell_;
  const engine::Host& host_;
  std::map<std::string, std::optional<std::string>> variables_;
  std::map<std::string, std::string> origins_;
  std::set<std::string> handed_on_;
  std::vector<PathEntry> path_;
  bool unique_ = false;
};

/// Drops what is there twice: the first stays.
std::vector<PathEntry> without_repetition(const std::vector<PathEntry>& entries);

}  // namespace gopol::providers::shell
