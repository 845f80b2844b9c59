#include "engine/encoding/text_references.h"

#include <utility>

#include "engine/encoding/sha256.h"

namespace gopol::engine::detail {
namespace {

constexpr std::size_t shortest = 4;  // bytes

bool is_reference(const Json& json) {
  return find(json, "old") != nullptr && find(json, "at") != nullptr;
}

/// Of a text that is long enough, its bytes.
std::optional<std::string> text_at(const Json& json) {
  const bool may = json.is_string() || find(json, "base64") != nullptr;
  auto text = may ? bytes_of(json) : std::nullopt;
  return text && text->size() >= shortest ? std::move(text) : std::nullopt;
}

std::optional<Json> reference_to(const std::string& text, const TextsApart& apart) {
  const TextsApart::value_type* best = nullptr;
  std::size_t at = 0;
  for (const auto& known : apart) {
    if (best != nullptr && best->second.size() >= known.second.size()) continue;
    const std::size_t found = known.second.find(text);
    if (found == std::string::npos) continue;
    best = &known;
    at = found;
  }
  if (best == nullptr) return {};
  return Json{{"old", best->first}, {"at", at}, {"size", text.size()}};
}

}  // namespace

void add_text(TextsApart& apart, std::string bytes) {
  std::string name = sha256(bytes);
  apart.emplace(std::move(name), std::move(bytes));
}

Json refer(Json json, const TextsApart& apart) {
  if (const auto text = text_at(json)) {
    auto reference = reference_to(*text, apart);
    return reference ? std::move(*reference) : json;
  }
  if (json.is_structured()) {
    for (auto& member : json) member = refer(std::move(member), apart);
  }
  return json;
}

std::set<std::string> texts_of(const Json& json) {
  if (auto text = text_at(json)) return {std::move(*text)};
  std::set<std::string> out;
  if (!json.is_structured() || is_reference(json)) return out;
  for (const auto& member : json) out.merge(texts_of(member));
  return out;
}

std::set<std::string> names_in(const Json& json) {
  if (is_reference(json)) return {text_in(json, "old")};
  std::set<std::string> out;
  if (!json.is_structured()) return out;
  for (const auto& member : json) out.merge(names_in(member));
  return out;
}

std::optional<Json> resolved(Json json, const FetchText& fetch) {
  if (is_reference(json)) {
    const auto text = fetch ? fetch(text_in(json, "old")) : std::nullopt;
    const std::uint64_t at = number_in(json, "at"), size = number_in(json, "size");
    if (!text || at > text->size() || size > text->size() - at) return {};
    return json_text(std::string_view(*text).substr(at, size));
  }
  if (!json.is_structured()) return json;
  for (auto& member : json) {
    auto whole = resolved(std::move(member), fetch);
    if (!whole) return {};
    member = std::move(*whole);
  }
  return json;
}

}  // namespace gopol::engine::detail
