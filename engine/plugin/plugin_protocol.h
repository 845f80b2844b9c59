#pragma once

#include <string>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::engine::plugin {

// The protocol of plugins, version 1: one JSON object a line on standard input, one on standard
// output.
//   {"protocol":1,"method":"schema"}
//   {"protocol":1,"method":"observe","slots":[{"key","attribute","index"}],"inputs":{KEY:{NAME:VALUE}}}
//   {"protocol":1,"method":"apply","key","changes":[{"attribute","index","from","to"}],"wanted":{NAME:VALUE}}
// Answers are {"ok":{...}} or {"error":{"message","help"}}. Values have the form of
// engine/encoding/value_json.h.

inline constexpr int protocol_version = 1;

std::string schema_request();
std::string observe_request(const Query& query);
std::string apply_request(const Change& change);

// Each takes a whole answer. Errors (R4002) say what is wrong with it, the plugin's own included.
Result<dsl::Schema> read_schema(std::string_view answer);
Result<Observed> read_observed(std::string_view answer, const dsl::Schema& schema);
Result<Done> read_done(std::string_view answer);

}  // namespace gopol::engine::plugin
