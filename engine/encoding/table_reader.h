#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/diagnostic.h"
#include "engine/encoding/toml.h"

namespace gopol::engine {

/// Takes the known keys out of one table of a configuration file; what is wrong with them, and
/// every key that nobody took, becomes a diagnostic: C5002 unknown key, C5003 wrong value, C5004
/// missing key.
class TableReader {
 public:
  /// `where` is how messages name the table: `[download]`; empty for the top.
  TableReader(const detail::TomlValue& table, std::string where, dsl::Diagnostics& out)
      : table_(table), where_(std::move(where)), out_(out) {}

  /// Each leaves `to` alone if the key is missing or wrong.
  void text(std::string_view name, std::string& to);
  void boolean(std::string_view name, bool& to);
  void number(std::string_view name, std::uint32_t& to);
  /// The value if it is there and of that kind.
  const detail::TomlValue* of_kind(std::string_view name, detail::TomlValue::Kind kind);
  const detail::TomlValue* table(std::string_view name) {
    return of_kind(name, detail::TomlValue::Kind::table);
  }

  bool has(std::string_view name) const;
  void require(std::string_view name, std::string_view help);
  void refuse(const detail::TomlValue& value, std::string message, std::string help = {});
  /// Where the whole table stands, for what is missing in it.
  dsl::SourceSpan span() const { return table_.span; }
  /// Reports the keys that were never asked for. Call it last.
  void finish();

 private:
  const detail::TomlValue* find(std::string_view name);

  const detail::TomlValue& table_;
  std::string where_;
  dsl::Diagnostics& out_;
  std::vector<std::string> known_;
};

}  // namespace gopol::engine
