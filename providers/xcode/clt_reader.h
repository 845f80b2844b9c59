#pragma once

#include <optional>
#include <string>

#include "engine/plan/provider.h"
#include "providers/xcode/clang.h"
#include "providers/xcode/receipt.h"
#include "providers/xcode/sdks.h"

namespace gopol::providers::xcode {

/// What is installed, each part read when it is first asked for. Only the compiler's version needs
/// a program: its own, by its full path, once the file is seen to be there.
class CltReader {
 public:
  CltReader(const engine::Host& host, const dsl::Path& share) : host_(host), share_(share) {}

  engine::Observation read(const engine::Slot& slot);

 private:
  engine::Observation version(engine::Observation out);
  /// Whether the tools are there and complete: neither folder nor receipt proves it.
  const dsl::Value& payload();
  const Receipt& receipt();
  const Sdks& sdks();
  /// What the compiler says; Unknown if it says nothing.
  const dsl::Result<Clang>& clang();
  dsl::Value clang_text(std::string Clang::*part);
  bool fits_sdks(const std::string& version, engine::Observation& out);
  dsl::Value version_by_compiler();

  const engine::Host& host_;
  const dsl::Path& share_;
  std::optional<dsl::Value> payload_;
  std::optional<Receipt> receipt_;
  std::optional<Sdks> sdks_;
  std::optional<dsl::Result<Clang>> clang_;
};

}  // namespace gopol::providers::xcode
