#pragma once

#include "engine/host/host.h"

namespace gopol::engine::capture {

inline dsl::Diagnostic refusal() {
  return dsl::problem("R4002", "a capture is looked at and not changed", "");
}

/// A disk that only answers.
class RefusingDisk : public Disk {
 public:
  Result<Done> replace(const Path&, std::string_view, const Attributes&) override {
    return refusal();
  }
  Result<Done> make_folder(const Path&, const Attributes&) override { return refusal(); }
  Result<Done> set_attributes(const Path&, const Attributes&) override { return refusal(); }
  Result<Done> rename(const Path&, const Path&) override { return refusal(); }
  Result<Done> link(const Path&, std::string_view) override { return refusal(); }
  Result<Done> remove(const Path&) override { return refusal(); }
  Result<Done> remove_tree(const Path&) override { return refusal(); }
};

}  // namespace gopol::engine::capture
