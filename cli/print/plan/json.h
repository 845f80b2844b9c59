#pragma once

#include <string>
#include <string_view>

#include "cli/print/plan/text.h"

namespace gopol::cli {

/// One JSON document: {"schema":1,"policy":{...},"items":[...],"summary":{...}}; stable order.
std::string plan_json(const PlanView& view);

}  // namespace gopol::cli
