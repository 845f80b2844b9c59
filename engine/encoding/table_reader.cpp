#include "engine/encoding/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "dsl/value/near_miss.h"

namespace gopol::engine {

using detail::TomlEntry;
using detail::TomlValue;

bool TableReader::has(std::string_view name) const {
  return std::any_of(table_.entries.begin(), table_.entries.end(),
                     [&](const TomlEntry& entry) { return entry.name == name; });
}

const TomlValue* TableReader::find(std::string_view name) {
  known_.emplace_back(name);
  for (const TomlEntry& entry : table_.entries) {
    if (entry.name == name) return &entry.value;
  }
  return nullptr;
}

const TomlValue* TableReader::of_kind(std::string_view name, TomlValue::Kind kind) {
  const TomlValue* value = find(name);
  if (value == nullptr || value->kind == kind) return value;
  refuse(*value,
         fmt::format("`{}` is {}, not {}", name, detail::name(kind), detail::name(value->kind)));
  return nullptr;
}

void TableReader::text(std::string_view name, std::string& to) {
  if (const TomlValue* value = of_kind(name, TomlValue::Kind::text)) to = value->text;
}

void TableReader::boolean(std::string_view name, bool& to) {
  if (const TomlValue* value = of_kind(name, TomlValue::Kind::boolean)) to = value->boolean;
}

void TableReader::number(std::string_view name, std::uint32_t& to) {
  const TomlValue* value = of_kind(name, TomlValue::Kind::integer);
  if (value == nullptr) return;
  if (value->integer < 0 || value->integer > std::numeric_limits<std::uint32_t>::max()) {
    return refuse(*value, fmt::format("`{}` is a number from 0 to 4294967295", name));
  }
  to = static_cast<std::uint32_t>(value->integer);
}

void TableReader::refuse(const TomlValue& value, std::string message, std::string help) {
  out_.push_back(dsl::problem("C5003", value.span, std::move(message), {}, std::move(help)));
}

void TableReader::require(std::string_view name, std::string_view help) {
  if (has(name)) return;
  const std::string where = where_.empty() ? "this file" : fmt::format("`{}`", where_);
  out_.push_back(dsl::problem("C5004", table_.span, fmt::format("{} has no `{}`", where, name), {},
                              std::string(help)));
}

void TableReader::finish() {
  for (const TomlEntry& entry : table_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.name) != known_.end()) continue;
    const auto meant = dsl::near_miss(entry.name, known_);
    std::string help;
    if (meant) {
      help = fmt::format("did you mean `{}`?", *meant);
    } else if (!known_.empty()) {
      help = fmt::format("known here: {}", fmt::join(known_, ", "));
    }
    const std::string where = where_.empty() ? "" : fmt::format(" in `{}`", where_);
    out_.push_back(dsl::problem("C5002", entry.span,
                                fmt::format("unknown key `{}`{}", entry.name, where), {},
                                std::move(help)));
  }
}

}  // namespace gopol::engine
