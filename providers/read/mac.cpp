#include "providers/read/mac.h"

#include <fmt/format.h>

namespace gopol::providers {
bool is_mac(const engine::Host& host) { return host.system().platform() == "macos"; }

bool is_apple_silicon(const engine::Host& host) {
  return is_mac(host) && host.system().sysctl("hw.optional.arm64") == "1";
}

dsl::Value only_on_a_mac(std::string_view what) {
  return dsl::Unknown{fmt::format("only a Mac has {}", what),
                      "guard the rule: `when os.family == macos`", true};
}

bool is_only_on_a_mac(const dsl::Value& value) {
  const auto* unknown = value.as<dsl::Unknown>();
  return unknown != nullptr && unknown->elsewhere;
}

}  // namespace gopol::providers
