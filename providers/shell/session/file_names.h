#pragma once

#include <optional>
#include <string>
#include <vector>

#include "providers/shell/session/built.h"
#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// Whether a word is a pattern of file names.
bool has_pattern(const Session& session, const Built& word);

/// The files that fit, in order, with zsh's qualifiers `(N)`, `(-/)`, `(/)`, `(.)` and those of
/// them together; without any, the word itself or what the shell does instead. Nothing: they cannot
/// be told. Source: zshexpn(1) "Glob Qualifiers", bash(1) "Pathname Expansion".
std::optional<std::vector<std::string>> file_names(Session& session, const Built& word);

}  // namespace gopol::providers::shell
