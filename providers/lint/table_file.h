#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::providers::lint {

/// A file of share/knowledge: lines that begin with `#` are for people, then a line of column
/// names, then rows; columns are separated by tabs.
class TableFile {
 public:
  /// Empty if the file is not there. Errors: R4002 if it cannot be read, or a row has too few
  /// columns.
  static dsl::Result<TableFile> read(const dsl::Path& file);

  std::size_t size() const { return rows_.size(); }
  /// A cell by its column's name; empty if there is no such column.
  const std::string& cell(std::size_t row, std::string_view column) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace gopol::providers::lint
