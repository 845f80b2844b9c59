#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"

namespace gopol::engine::plugin {

// The protocol of plugins, version 1: one JSON object a line on standard input, one on standard
// output.
//   {"protocol":1,"method":"schema"}
//   {"protocol":1,"method":"observe","slots":[{"key","attribute","index"}],"inputs":{KEY:{NAME:VALUE}}}
//   {"protocol":1,"method":"apply","key","changes":[{"attribute","index","from","to"}],"wanted":{NAME:VALUE}}
//   {"protocol":1,"method":"undo", as apply: each `to` is what the slot was, often {"absent":true}}
// `undo` is for one whose schema says "undo":true; the changes of others are irreversible, and the
// plan says so. The conformance kit takes its values from "samples" of an attribute, and its key
// from "sample" beside "key"; without them from the types.
// Answers are {"ok":{...}} or {"error":{"message","help"}}. Values have the form of
// engine/encoding/value_json.h.

inline constexpr int protocol_version = 1;

std::string schema_request();
std::string observe_request(const Query& query);
/// `undo` if the change takes back, else `apply`.
std::string change_request(const Change& change);

// Each takes a whole answer. Errors (R4002) say what is wrong with it, the plugin's own included.
Result<dsl::Schema> read_schema(std::string_view answer);
/// Whether the plugin with this schema takes back what it does.
bool has_undo(std::string_view schema_answer);
/// What the conformance kit sets: a key, and two values for each writable attribute.
struct Samples {
  std::string key;
  std::map<std::string, std::vector<Value>> values;
};
Samples read_samples(std::string_view schema_answer, const dsl::Schema& schema);
Result<Observed> read_observed(std::string_view answer, const dsl::Schema& schema);
Result<Done> read_done(std::string_view answer);

}  // namespace gopol::engine::plugin
