#pragma once

#include <string>
#include <utility>

#include "engine/host/host.h"

namespace gopol::engine {

/// A disk that only answers: whoever writes to it gets `why`, R4002.
class RefusingDisk : public Disk {
 public:
  explicit RefusingDisk(std::string why) : why_(std::move(why)) {}

  Result<Done> replace(const Path&, std::string_view, const Attributes&) override {
    return refusal();
  }
  Result<Done> make_folder(const Path&, const Attributes&) override { return refusal(); }
  Result<Done> set_attributes(const Path&, const Attributes&) override { return refusal(); }
  Result<Done> rename(const Path&, const Path&) override { return refusal(); }
  Result<Done> link(const Path&, std::string_view) override { return refusal(); }
  Result<Done> add_name(const Path&, const Path&) override { return refusal(); }
  Result<Done> remove(const Path&) override { return refusal(); }
  Result<Done> remove_tree(const Path&) override { return refusal(); }

 private:
  dsl::Diagnostic refusal() const { return dsl::problem("R4002", why_, ""); }

  std::string why_;
};

}  // namespace gopol::engine
