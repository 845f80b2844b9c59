#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "providers/git/config_text.h"

namespace gopol::providers::git {

/// The text as `git config KEY VALUE` (without a value `--unset KEY`) leaves it, to the byte: the
/// line of the key is replaced where it stands; a new one goes behind the last line of its section,
/// a new section to the end; the section of a line that goes, if nothing else is in it and no
/// comment near it, goes too. Errors (R4002): the text is broken, several lines set the key, or
/// the text ends in a `\` that would swallow the line (git writes it nevertheless).
/// Source: git's config.c, git_config_set_multivar_in_file_gently.
dsl::Result<std::string> edit_config(std::string_view text, const ConfigKey& key,
                                     const std::optional<std::string>& value);

/// Whether git can keep the value in a file and read it back, whatever its version.
bool is_storable(std::string_view value);

}  // namespace gopol::providers::git
