#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "providers/shell/session/expand.h"

namespace gopol::providers::shell {

/// `${(j.:.)name}`, `${name:#pattern}`, `${=name}` and their like, in quotes or not, that are all
/// of a word of zsh: the fields it becomes. Nothing: it is another expansion, or not understood.
std::optional<Fields> zsh_list(Session& session, std::string_view word);

/// Which item a subscript means, from 0; nothing: it is not told, or before the first.
std::optional<std::size_t> index_of(Session& session, std::string_view key, std::size_t size);
/// `$path[1]`, `$path[-1]` of zsh, and whether there is one.
Text item_of_path(Session& session, const std::string& key, Truth& there);

}  // namespace gopol::providers::shell
