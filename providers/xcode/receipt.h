#pragma once

#include <string>
#include <string_view>

#include "engine/plan/provider.h"

namespace gopol::providers::xcode {

/// The receipt of the Command Line Tools.
struct Receipt {
  dsl::Value package;  ///< the text 15.3.0.0.1.1708646388; Absent: there is none; or Unknown
  std::string path;    ///< the file
};

/// Looks in all three places: Apple's own packages moved over the years.
Receipt clt_receipt(const engine::Host& host);

/// 15.3.0.0.1.1708646388 is 15.3, 14.3.1.0.1.… is 14.3.1: three numbers, without a last zero. From
/// 26.4 on the long form has one number less. Empty: no such text.
std::string product_version(std::string_view package);

}  // namespace gopol::providers::xcode
