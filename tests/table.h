#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gopol::tests {

/// The folder of the truth tables: $GOPOL_TRUTH, else tests/data.
std::string truth_folder();

/// A path inside the truth folder. A file that $GOPOL_TRUTH does not have is skipped: empty, with a
/// line on standard output that says so. One that is missing in tests/data fails the test.
std::string truth_path(std::string_view name);

/// The rows of a tab-separated table below its header line. Cells are unescaped: `\t \n \r \\`,
/// and `<empty>` is the empty text. Empty, with a line that says so, if the file is missing.
using Row = std::vector<std::string>;
std::vector<Row> truth_table(std::string_view name);

/// The rows of a comma-separated table (RFC 4180), its header line included; empty, with a line
/// that says so, if the file is missing.
std::vector<Row> truth_csv(std::string_view name);

/// The whole file; empty if it cannot be read.
std::string read_file(const std::string& path);

}  // namespace gopol::tests
