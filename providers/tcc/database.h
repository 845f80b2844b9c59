#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::tcc {

/// Whose rights: a bundle identifier, or a program by its absolute path.
struct Client {
  std::string name;
  bool is_path() const { return name.starts_with('/'); }
};

/// A row of `access`, of whatever macOS.
struct Row {
  std::string service;        ///< with `kTCCService`
  std::string receiver = {};  ///< empty: the service has none
  std::int64_t value = 0;     ///< 0 denied, 1 not decided, 2 allowed, 3 limited
  std::optional<std::string> requirement = {}, receiver_requirement = {};  ///< compiled
  std::int64_t flags = 0, last_modified = 0;
  std::optional<std::int64_t> pid = {};  ///< holds for this one process
  std::string boot = {};                 ///< holds until the next start; empty: always
};

/// All that a TCC.db says of one client.
struct Record {
  std::vector<Row> rows = {};
  std::vector<std::string> managed = {};  ///< macOS 27: services with a row in `managed_overrides`
  std::vector<std::string> switched_off = {};  ///< services, for everybody
  std::vector<std::pair<std::string, std::int64_t>> expired =
      {};  ///< services, and when (Unix seconds)
};

/// Reads the bytes of a database, every form of the table from macOS 10.14 to 27, by the names of
/// its columns. Errors: no database, damaged, a table of another form.
dsl::Result<Record> read_record(std::string bytes, const Client& client);

}  // namespace gopol::providers::tcc
