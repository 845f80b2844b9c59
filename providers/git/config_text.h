#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::providers::git {

/// The name of a variable of git: `url.https://a.example/.insteadOf`.
struct ConfigKey {
  std::string section;  ///< as written: `url`
  std::optional<std::string> subsection;
  std::string name;  ///< as written: `insteadOf`

  /// The one spelling of all that git takes for the same: section and name in lower case.
  std::string canonical() const;
};

/// Nothing if git would not take it for a key. Source: git's config.c, git_config_parse_key.
std::optional<ConfigKey> parse_config_key(std::string_view text);

/// A part of a git configuration file. Together the parts are the file, as `git config` cuts it.
struct ConfigPart {
  enum class Type { blank, comment, section, entry };
  Type type = Type::blank;
  std::size_t begin = 0, end = 0;         ///< bytes
  std::size_t line = 0;                   ///< of its first byte, from 1
  std::string name;                       ///< section: `url.x`; entry: its canonical key
  bool old_style = false;                 ///< of a section: `[url.x]`, whose case does not count
  std::optional<std::string> value = {};  ///< of an entry; nothing: written without `=`
  /// Of an entry: its value has a tab between unquoted words, which git before 2.45 reads as a
  /// blank and later ones keep.
  bool depends_on_git = false;
};

struct ConfigText {
  std::vector<ConfigPart> parts;
  std::size_t broken_at = 0;  ///< the line that git cannot read; 0: there is none
};

/// Source: git-config(1), "Syntax", and git's config.c, git_parse_source.
ConfigText parse_config(std::string_view text);

}  // namespace gopol::providers::git
