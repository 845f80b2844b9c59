#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/session/expand.h"
#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// The fields that a word of fish becomes: lists, braces and what commands print multiply.
/// Source: fish-language(1) "Parameter expansion".
Fields fish_fields(Session& session, std::string_view word);
/// All of them as one text; nothing in it is a pattern but what a bare `*` or `?` stands for.
Built fish_built(Session& session, std::string_view word);
/// A pattern for `string match` and `case`: `*` and `?` count, quoted or not.
Built fish_pattern(std::string_view text);

/// The items of a variable; of one whose end is unknown, those before it and why.
Fields fish_items(const Session& session, std::string_view name);

/// `[1]`, `[-1]`, `[2..3]` of a list, added to `out`: nothing that lies outside.
void fish_pick(const Fields& from, std::string_view index, Fields& out);

/// What a command of fish prints: its lines, and how it ends.
struct FishLines {
  std::vector<Text> items = {};
  std::string why = {};  ///< empty: these are all
  Truth success = Truth::maybe;
};
FishLines fish_output(Session& session, std::string_view command);
/// The builtins `string`, `count`, `contains`, `status`, and programs. `input`: what a pipe gives.
FishLines fish_output_of(Session& session, const Fields& words, const FishLines* input);

/// Whether fish has a builtin or ships a function of that name.
bool is_fish_builtin(std::string_view name);
/// Those that set nothing a program sees.
bool is_fish_harmless(std::string_view name);

/// The options and words of `set`.
struct FishSet {
  bool local = false, function = false, global = false, universal = false;
  bool exports = false, hides = false;  ///< -x, -u
  bool erases = false, asks = false, appends = false, prepends = false, prints = false;
  bool colons = false;
  std::string name = {};
  std::string index = {};
  std::vector<std::string> names = {};  ///< with -e and -q
  Fields values = {};
};

/// `set -q NAME`, `set -q NAME[2]` with its options.
Truth fish_is_set(const Session& session, const FishSet& how, const std::string& written);
/// `command -q NAME`: no function counts.
Truth program_there(const Session& session, const std::string& name);

/// What fish has before it reads a file: its own folders, the universal variables.
void begin_fish(Session& session);
/// Where its files lie: `/etc/fish` beside `/usr/share/fish`, or those of Homebrew's prefix.
dsl::Path fish_system_folder(const engine::Host& host);
dsl::Path fish_data_folder(const engine::Host& host);
dsl::Path fish_user_folder(const engine::Host& host);

}  // namespace gopol::providers::shell
