#pragma once

#include <string>

#include "providers/brew/formula.h"
#include "providers/brew/install.h"
#include "tests/providers/recorded_mac.h"

namespace gopol::tests {

inline const auto install_family = providers::brew::install_provider();
inline const auto formula_family = providers::brew::formula_provider();

inline const std::string prefix = "root/opt/homebrew/";  ///< in the folder of a recorded Mac

inline dsl::Value installation(const RecordedMac& mac, const std::string& attribute) {
  return look(*install_family, mac.host(), "", attribute).value;
}

}  // namespace gopol::tests
