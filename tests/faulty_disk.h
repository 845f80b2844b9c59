#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "engine/host/host.h"

namespace gopol::tests {

/// A disk whose nth writing call (from 1) fails, as a full disk would, and every later one too if
/// `for_good`. Reading works on. Count the calls of a good run with `calls`, then fail each in
/// turn.
class FaultyDisk : public engine::Disk {
 public:
  using Path = dsl::Path;
  template <class T>
  using Result = dsl::Result<T>;
  using Done = dsl::Done;
  using Attributes = engine::Attributes;

  explicit FaultyDisk(std::unique_ptr<engine::Disk> good, int fail_at = 0, bool for_good = false)
      : good_(std::move(good)), fail_at_(fail_at), for_good_(for_good) {}

  int calls() const { return calls_; }

  /// What only root could write, as a plan sees it.
  std::function<bool(const Path&)> is_roots = {};

  /// Done at each failing call first: a test that ends the process there sees what a kill leaves.
  std::function<void()> on_fault = {};

  Result<engine::FileStatus> stat(const Path& path) const override { return good_->stat(path); }
  Result<engine::FileStatus> stat_target(const Path& path) const override {
    return good_->stat_target(path);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override {
    return good_->resolve(path);
  }
  Result<std::optional<std::string>> read(const Path& path, engine::Extent part) const override {
    return good_->read(path, part);
  }
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return good_->read_link(path);
  }
  Result<std::vector<std::string>> list(const Path& path) const override {
    return good_->list(path);
  }
  std::vector<engine::Xattr> xattrs(const Path& path) const override { return good_->xattrs(path); }
  engine::WriteAccess write_access(const Path& path) const override {
    if (is_roots && is_roots(path)) return {engine::WriteAccess::Kind::of_another, path};
    return good_->write_access(path);
  }
  Result<Path> written_path(const Path& path) const override { return good_->written_path(path); }
  Result<Path> real_path(const Path& path) const override { return good_->real_path(path); }

  Result<Done> replace(const Path& path, std::string_view bytes, const Attributes& want) override {
    return fails() ? fault(path) : good_->replace(path, bytes, want);
  }
  Result<Done> make_folder(const Path& path, const Attributes& want) override {
    return fails() ? fault(path) : good_->make_folder(path, want);
  }
  Result<Done> set_attributes(const Path& path, const Attributes& want) override {
    return fails() ? fault(path) : good_->set_attributes(path, want);
  }
  Result<Done> rename(const Path& from, const Path& to) override {
    return fails() ? fault(from) : good_->rename(from, to);
  }
  Result<Done> link(const Path& path, std::string_view target) override {
    return fails() ? fault(path) : good_->link(path, target);
  }
  Result<Done> add_name(const Path& file, const Path& name) override {
    return fails() ? fault(name) : good_->add_name(file, name);
  }
  Result<Done> remove(const Path& path) override {
    return fails() ? fault(path) : good_->remove(path);
  }
  Result<Done> remove_tree(const Path& path) override {
    return fails() ? fault(path) : good_->remove_tree(path);
  }

 private:
  bool fails() {
    ++calls_;
    const bool out = calls_ == fail_at_ || (for_good_ && fail_at_ > 0 && calls_ > fail_at_);
    if (out && on_fault) on_fault();
    return out;
  }
  static Result<Done> fault(const Path& path) {
    return dsl::problem("R4002", "cannot write `" + path.text + "`: no space left on device",
                        "nothing was changed");
  }

  std::unique_ptr<engine::Disk> good_;
  int fail_at_, calls_ = 0;
  bool for_good_;
};

}  // namespace gopol::tests
