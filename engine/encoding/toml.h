#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "dsl/value/source.h"

namespace gopol::engine::detail {

struct TomlEntry;

/// A TOML document as values with places; the library behind it shows nowhere else.
struct TomlValue {
  enum class Kind { text, integer, boolean, real, moment, time_of_day, list, table };
  Kind kind = Kind::table;
  std::string text;
  std::int64_t integer = 0;
  bool boolean = false;
  std::chrono::system_clock::time_point
      moment;  ///< a date is its first second; without offset: UTC
  std::vector<TomlValue> list;
  std::vector<TomlEntry> entries;  ///< of a table, in the order written
  dsl::SourceSpan span;
};

struct TomlEntry {
  std::string name;
  dsl::SourceSpan span;  ///< of the name
  TomlValue value;
};

/// What a message calls it: `a text`, `a table`.
std::string_view name(TomlValue::Kind kind);

/// The whole document as a table. Errors: C5001 at the place, with the library's words.
dsl::Result<TomlValue> parse_toml(dsl::SourceId source, const dsl::SourceMap& sources);

}  // namespace gopol::engine::detail
