#pragma once

#include <set>

#include "engine/encoding/json.h"
#include "engine/encoding/texts_apart.h"

namespace gopol::engine::detail {

/// The JSON with a reference, {"old": SHA-256, "at", "size": bytes}, for each of its texts that is
/// a part of one that stands apart; of more than one, of the longest. Names of members, and what
/// has fewer than four bytes, stay.
Json refer(Json json, const TextsApart& apart);
/// The texts that could be referred to.
std::set<std::string> texts_of(const Json& json);
/// What it refers to, by name.
std::set<std::string> names_in(const Json& json);
/// The JSON with its references followed; nullopt: one leads nowhere.
std::optional<Json> resolved(Json json, const FetchText& fetch);

}  // namespace gopol::engine::detail
