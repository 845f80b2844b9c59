#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/pattern/built.h"
#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// Whether a word is a pattern of file names.
bool has_pattern(const Session& session, const Built& word);

/// The files that fit, in order, with zsh's qualifiers `(N)`, `(-/)`, `(/)`, `(.)` and those of
/// them together; without any, the word itself or what the shell does instead. Nothing: they cannot
/// be told. Source: zshexpn(1) "Glob Qualifiers", bash(1) "Pathname Expansion".
std::optional<std::vector<std::string>> file_names(Session& session, const Built& word);

/// The files whose path begins with a text; nothing: it is no path, or they cannot be listed.
std::optional<std::vector<std::string>> files_that_begin(const engine::Host& host,
                                                         std::string_view text);

}  // namespace gopol::providers::shell
