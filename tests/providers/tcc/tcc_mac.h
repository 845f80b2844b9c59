#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/providers/machine.h"

namespace gopol::tests {

inline const std::string terminal = "com.apple.Terminal";

/// A row of `access`: columns by name, each a literal of SQL.
using SqlRow = std::vector<std::pair<std::string, std::string>>;

/// The bytes of a database made of these statements.
std::string database_bytes(const std::string& sql);

/// A statement that inserts a row into the form of `access` that `schema` makes: of the old form,
/// `allowed` for `auth_value`; columns that the form has not are left out.
std::string insert_statement(const SqlRow& row, const std::string& schema);

/// The texts of all schemas, by the name of the file.
std::vector<std::pair<std::string, std::string>> all_schemas();

/// A small Mach-O program for arm64 whose signature claims this.
std::string program_bytes(const std::string& identifier, const std::string& team = {},
                          bool certificate = false);

/// A Mac whose TCC files a test writes; whose user has everything that it takes to read them.
struct TccMac : Machine {
  explicit TccMac(const std::string& macos = "14.5");

  void system(const std::string& bytes) const { temp.write(store, bytes); }
  void user(const std::string& bytes) const { temp.write("Users/dev/" + store, bytes); }
  void profile(const std::string& plist) const {
    temp.write("Library/Application Support/com.apple.TCC/MDMOverrides.plist", plist);
  }
  void application(const std::string& path, const std::string& bundle,
                   const std::string& program) const;

  const std::string store = "Library/Application Support/com.apple.TCC/TCC.db";
};

}  // namespace gopol::tests
