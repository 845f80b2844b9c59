#include "engine/detail/toml.h"

// No exceptions: a syntax error is a value. Header-only: one library less to link statically.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>

#include "dsl/value.h"

namespace gopol::engine::detail {
namespace {

using std::chrono::days;
using std::chrono::system_clock;

/// The library counts lines and code points from 1, we count bytes from 0.
class Places {
 public:
  Places(dsl::SourceId source, std::string_view text) : source_(source), text_(text) {
    starts_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
      starts_.push_back(at + 1);
    }
  }

  dsl::SourceSpan span(const toml::source_region& region) const {
    const std::uint32_t begin = offset(region.begin);
    return {source_, begin, std::max(offset(region.end), begin)};
  }

 private:
  std::uint32_t offset(const toml::source_position& place) const {
    if (place.line == 0) return 0;
    std::size_t at = starts_[std::min<std::size_t>(place.line, starts_.size()) - 1];
    for (std::uint32_t column = 1; column < place.column && at < text_.size(); ++column) {
      ++at;
      while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80) ++at;
    }
    return static_cast<std::uint32_t>(at);
  }

  dsl::SourceId source_;
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

system_clock::time_point moment_of(const toml::date& date) {
  return system_clock::time_point(days(dsl::days({date.year, date.month, date.day})));
}

system_clock::time_point moment_of(const toml::date_time& both) {
  auto out = moment_of(both.date) + std::chrono::hours(both.time.hour) +
             std::chrono::minutes(both.time.minute) + std::chrono::seconds(both.time.second);
  if (both.offset) out -= std::chrono::minutes(both.offset->minutes);
  return out;
}

TomlValue convert(const toml::node& node, const Places& places);

TomlValue table_of(const toml::table& table, const Places& places) {
  TomlValue out;
  for (const auto& [key, node] : table) {
    out.entries.push_back(
        {std::string(key.str()), places.span(key.source()), convert(node, places)});
  }
  // The library sorts by name; people read from the top.
  std::stable_sort(
      out.entries.begin(), out.entries.end(),
      [](const TomlEntry& a, const TomlEntry& b) { return a.span.begin < b.span.begin; });
  return out;
}

TomlValue convert(const toml::node& node, const Places& places) {
  TomlValue out;
  if (const auto* table = node.as_table()) {
    out = table_of(*table, places);
  } else if (const auto* list = node.as_array()) {
    out.kind = TomlValue::Kind::list;
    for (const toml::node& item : *list) out.list.push_back(convert(item, places));
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlValue::Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlValue::Kind::integer;
    out.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlValue::Kind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out.kind = TomlValue::Kind::moment;
    out.moment = moment_of(date->get());
  } else if (const auto* both = node.as_date_time()) {
    out.kind = TomlValue::Kind::moment;
    out.moment = moment_of(both->get());
  } else {
    out.kind = node.is_time() ? TomlValue::Kind::time_of_day : TomlValue::Kind::real;
  }
  out.span = places.span(node.source());
  return out;
}

}  // namespace

std::string_view name(TomlValue::Kind kind) {
  switch (kind) {
    case TomlValue::Kind::text: return "a text";
    case TomlValue::Kind::integer: return "an integer";
    case TomlValue::Kind::boolean: return "true or false";
    case TomlValue::Kind::real: return "a number with a fraction";
    case TomlValue::Kind::moment: return "a date";
    case TomlValue::Kind::time_of_day: return "a time of day";
    case TomlValue::Kind::list: return "a list";
    case TomlValue::Kind::table: return "a table";
  }
  return "a table";
}

dsl::Result<TomlValue> parse_toml(dsl::SourceId source, const dsl::SourceMap& sources) {
  const std::string_view text = sources.text(source);
  const Places places(source, text);
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    std::string why(parsed.error().description());
    if (why.starts_with('E')) why[0] = 'e';  // it goes on in our sentence
    return dsl::problem("C5001", places.span(parsed.error().source()), "no valid TOML: " + why);
  }
  return table_of(parsed.table(), places);
}

}  // namespace gopol::engine::detail
