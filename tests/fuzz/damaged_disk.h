#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "tests/faulty_disk.h"

namespace gopol::tests {

/// Notes which files were read, and shows other bytes in place of one of them. Nothing can be
/// written to it.
class DamagedDisk : public FaultyDisk {
 public:
  explicit DamagedDisk(std::unique_ptr<engine::Disk> whole)
      : FaultyDisk(std::move(whole), 1, true) {}

  std::string damaged, bytes;             ///< a resolved path, and what it shows; empty: none
  mutable std::set<std::string> touched;  ///< resolved paths

  Result<engine::FileStatus> stat_target(const Path& path) const override {
    auto out = FaultyDisk::stat_target(path);
    if (out && is_damaged(path)) out->size = bytes.size();
    return out;
  }
  Result<std::optional<std::string>> read(const Path& path, engine::Extent part) const override {
    if (const auto file = resolve(path); file && *file) touched.insert((**file).text);
    if (!is_damaged(path)) return FaultyDisk::read(path, part);
    if (part.offset >= bytes.size()) return std::optional(std::string());
    return std::optional(bytes.substr(part.offset, part.size));
  }

 private:
  bool is_damaged(const Path& path) const {
    if (damaged.empty()) return false;
    const auto file = resolve(path);
    return file && *file && (**file).text == damaged;
  }
};

}  // namespace gopol::tests
