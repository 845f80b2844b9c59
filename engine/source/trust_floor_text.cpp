#include "engine/source/trust_floor.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/encoding/json.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::uint64_t floor_schema = 1;

/// As the file spells them, in the order of Verified.
constexpr std::string_view ways[] = {"", "none", "ssh", "gpg", "pinned"};

Verified way_of(std::string_view word) {
  const auto at = std::find(std::begin(ways), std::end(ways), word);
  return at == std::end(ways) ? Verified::unknown : static_cast<Verified>(at - std::begin(ways));
}

Json json_of(const FloorEntry::Refusal& refused) {
  return {{"code", refused.code},
          {"message", detail::json_text(refused.message)},
          {"help", detail::json_text(refused.help)},
          {"at", detail::moment_text(refused.at)}};
}

Json json_of(const FloorEntry& entry) {
  Json out{{"url", detail::json_text(entry.url)},
           {"path", detail::json_text(entry.path)},
           {"repository", detail::json_text(entry.repository)},
           {"policy", detail::json_text(entry.policy)},
           {"name", detail::json_text(entry.name)},
           {"ref", detail::json_text(entry.ref)},
           {"commit", detail::json_text(entry.commit)},
           {"commit_time", detail::moment_text(entry.commit_time)},
           {"epoch", entry.epoch},
           {"trust", ways[static_cast<std::size_t>(entry.how)]},
           {"keys", detail::json_text(entry.keys)},
           {"signer", detail::json_text(entry.signer)},
           {"signer_key", detail::json_text(entry.signer_key)},
           {"bundle", detail::json_text(entry.bundle)},
           {"verified", detail::moment_text(entry.verified)},
           {"checked", detail::moment_text(entry.checked)},
           {"pinned", detail::json_text(entry.pinned)},
           {"pinned_key", detail::json_text(entry.pinned_key)}};
  if (entry.refused) out["refused"] = json_of(*entry.refused);
  return out;
}

std::optional<FloorEntry::Refusal> refusal_of(const Json& json) {
  const auto at = detail::moment_of(detail::text_in(json, "at"));
  auto message = detail::bytes_in(json, "message"), help = detail::bytes_in(json, "help");
  std::string code = detail::text_in(json, "code");
  if (!at || !message || !help || !code.starts_with('T')) return {};
  return FloorEntry::Refusal{std::move(code), std::move(*message), std::move(*help), *at};
}

std::optional<FloorEntry> entry_of(const Json& json) {
  const auto time = [&](const char* name) {
    return detail::moment_of(detail::text_in(json, name));
  };
  const auto commit_time = time("commit_time"), verified = time("verified"),
             checked = time("checked");
  if (!commit_time || !verified || !checked) return {};
  FloorEntry out;
  for (const auto& [name, to] :
       {std::pair("url", &out.url), std::pair("path", &out.path), std::pair("ref", &out.ref),
        std::pair("repository", &out.repository), std::pair("policy", &out.policy),
        std::pair("name", &out.name), std::pair("commit", &out.commit),
        std::pair("keys", &out.keys), std::pair("signer", &out.signer),
        std::pair("signer_key", &out.signer_key), std::pair("bundle", &out.bundle),
        std::pair("pinned", &out.pinned), std::pair("pinned_key", &out.pinned_key)}) {
    *to = detail::text_in(json, name);
  }
  out.how = way_of(detail::text_in(json, "trust"));
  out.epoch = detail::number_in(json, "epoch");
  out.commit_time = *commit_time;
  out.verified = *verified;
  out.checked = *checked;
  if (const Json* refused = detail::find(json, "refused")) {
    out.refused = refusal_of(*refused);
    if (!out.refused) return {};
  }
  return out;
}

}  // namespace

std::optional<TrustFloor> TrustFloor::parse(std::string_view text) {
  const auto json = detail::parse_json(text);
  if (!json || detail::number_in(*json, "schema") != floor_schema) return {};
  const auto latest = detail::moment_of(detail::text_in(*json, "latest"));
  const Json* sources = detail::find(*json, "sources");
  if (!latest || sources == nullptr || !sources->is_object()) return {};
  TrustFloor out;
  out.latest_ = *latest;
  for (const auto& [id, value] : sources->items()) {
    auto entry = entry_of(value);
    if (!entry) return {};
    out.sources_.emplace(id, std::move(*entry));
  }
  return out;
}

std::string TrustFloor::text() const {
  Json sources = Json::object();
  for (const auto& [id, entry] : sources_) sources[id] = json_of(entry);
  const Json json{{"schema", floor_schema},
                  {"latest", detail::moment_text(latest_)},
                  {"sources", std::move(sources)}};
  return json.dump(1) + "\n";
}

}  // namespace gopol::engine
