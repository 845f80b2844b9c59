#include "providers/tcc/row_state.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::providers::tcc {
namespace {

using dsl::Unknown;

/// The row was taken back, and not granted again since.
bool is_expired(const Row& row, const Record& record) {
  return std::any_of(record.expired.begin(), record.expired.end(), [&](const auto& one) {
    return one.first == row.service && one.second >= row.last_modified;
  });
}

}  // namespace

std::string word_of(const Row& row) {
  constexpr const char* words[] = {"denied", "undetermined", "allowed", "limited"};
  if (row.value >= 0 && row.value < 4) return words[row.value];
  return fmt::format("auth_value {}", row.value);
}

RowState state_of(const Row& row, const Record& record, const std::string& boot) {
  if (is_expired(row, record)) return {"undetermined", "macOS took the decision back"};
  const std::string word = word_of(row);
  if (row.value < 0 || row.value > 3)
    return {Unknown{fmt::format("TCC.db says {}, whose meaning is not known", word), ""}};
  if (row.value < 2) return {word};
  if (!row.boot.empty() && !boot.empty() && row.boot != boot)
    return {"undetermined", "the decision was for an earlier start of this Mac"};
  if (!row.boot.empty() || row.pid)
    return {Unknown{"the decision is for one process, or until the next start", ""}};
  if (row.flags != 0)
    return {
        Unknown{fmt::format("the row has flags {}, whose meaning is not known", row.flags), ""}};
  return {word};
}

}  // namespace gopol::providers::tcc
