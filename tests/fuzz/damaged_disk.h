#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/host.h"

namespace gopol::tests {

/// A disk that reads, notes which files were read, and shows other bytes in place of one of them.
class DamagedDisk : public engine::Disk {
 public:
  using Path = dsl::Path;
  template <class T>
  using Result = dsl::Result<T>;
  using Done = dsl::Done;
  using Attributes = engine::Attributes;

  explicit DamagedDisk(const engine::Disk& whole) : whole_(whole) {}

  std::string damaged, bytes;             ///< a resolved path, and what it shows; empty: none
  mutable std::set<std::string> touched;  ///< resolved paths

  Result<engine::FileStatus> stat(const Path& path) const override { return whole_.stat(path); }
  Result<engine::FileStatus> stat_target(const Path& path) const override;
  Result<std::optional<Path>> resolve(const Path& path) const override {
    return whole_.resolve(path);
  }
  Result<std::optional<std::string>> read(const Path& path, engine::Extent part) const override;
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return whole_.read_link(path);
  }
  Result<std::vector<std::string>> list(const Path& path) const override {
    return whole_.list(path);
  }
  bool is_writable(const Path& path) const override { return whole_.is_writable(path); }
  Result<Path> real_path(const Path& path) const override { return whole_.real_path(path); }

  Result<Done> replace(const Path&, std::string_view, const Attributes&) override { return no(); }
  Result<Done> make_folder(const Path&, const Attributes&) override { return no(); }
  Result<Done> set_attributes(const Path&, const Attributes&) override { return no(); }
  Result<Done> rename(const Path&, const Path&) override { return no(); }
  Result<Done> link(const Path&, std::string_view) override { return no(); }
  Result<Done> remove(const Path&) override { return no(); }
  Result<Done> remove_tree(const Path&) override { return no(); }

 private:
  static dsl::Diagnostic no() { return dsl::problem("R4002", "this disk only reads"); }

  const engine::Disk& whole_;
};

}  // namespace gopol::tests
