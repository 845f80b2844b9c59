#include "providers/health/homebrew.h"

#include <fmt/format.h>

#include "providers/read/mac.h"

namespace gopol::providers {
namespace {

using dsl::Severity;
using dsl::Value;

constexpr const char* native_one = "install the one for arm64: `gopol guide brew.install.prefix`";

}  // namespace

void add_homebrew(const engine::Facts& facts, const engine::Host& host, Ailments& out) {
  const auto fact = [&](const char* family, const char* attribute) {
    return facts.value({family, "", attribute, ""});
  };
  if (!is_mac(host) || fact("cpu", "arch") != Value("arm64")) return;
  if (fact("brew.install", "arch") == Value("x86_64")) {
    const bool runs = fact("os.rosetta", "exists") != Value(false);
    out.push_back({runs ? Severity::warning : Severity::error,
                   runs
                       ? "the only Homebrew is for Intel: all that it installs runs under Rosetta 2"
                       : "the only Homebrew is for Intel, and this Mac has no Rosetta 2: neither "
                         "brew nor what it installed starts",
                   native_one});
  } else if (fact("brew.install", "translated") == Value(true)) {
    out.push_back({Severity::warning, "brew would run under Rosetta 2 from here",
                   "start it natively: `arch -arm64 zsh`"});
  }
}

}  // namespace gopol::providers
