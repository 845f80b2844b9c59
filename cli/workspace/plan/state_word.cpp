#include "cli/workspace/plan/state_word.h"

namespace gopol::cli {

using engine::ItemState;

std::string_view state_word(ItemState state) {
  switch (state) {
    case ItemState::ok: return "ok";
    case ItemState::change: return "change";
    case ItemState::finding: return "warning";
    case ItemState::waived: return "waived";
    case ItemState::unknown: return "unknown";
  }
  return "ok";
}

}  // namespace gopol::cli
