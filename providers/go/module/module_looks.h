#pragma once

#include <string>
#include <string_view>

#include "providers/go/module/module_route.h"

namespace gopol::providers::go {

/// What the name of a module tells, in this order: a private pattern of the policy makes it
/// private; so does a host that the public name system does not have (one of its reserved suffixes,
/// such as
/// `.internal` and `.example`, or a private address); a host that everybody uses makes it public;
/// any other host is unclear.
struct Look {
  Looks looks = Looks::unclear;
  std::string reason;   ///< which of these it is
  std::string pattern;  ///< of what is private: the policy's pattern, or the host
};
Look look_at(std::string_view path, const RouteKnowledge& knowledge);

}  // namespace gopol::providers::go
