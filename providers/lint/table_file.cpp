#include "providers/lint/table_file.h"

#include <algorithm>
#include <utility>

#include "engine/real/real_disk.h"
#include "providers/read/go_text.h"

namespace gopol::providers::lint {
namespace {

std::vector<std::string> cells(std::string_view line) {
  std::vector<std::string> out;
  for (const std::string_view cell : go::split(line, '\t')) out.emplace_back(cell);
  return out;
}

}  // namespace

dsl::Result<TableFile> TableFile::read(const dsl::Path& file) {
  TableFile out;
  const auto text = engine::real_disk()->read(file);
  if (!text) return text.error();
  if (!*text) return out;
  for (const std::string_view line : go::split(**text, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    if (out.columns_.empty()) {
      out.columns_ = cells(line);
      continue;
    }
    out.rows_.push_back(cells(line));
    if (out.rows_.back().size() != out.columns_.size())
      return dsl::problem("R4002", "`" + file.text + "` has a broken row: " + std::string(line),
                          "install gopol again");
  }
  return out;
}

const std::string& TableFile::cell(std::size_t row, std::string_view column) const {
  static const std::string none;
  const auto at = std::find(columns_.begin(), columns_.end(), column);
  return at == columns_.end() ? none : rows_[row][static_cast<std::size_t>(at - columns_.begin())];
}

}  // namespace gopol::providers::lint
