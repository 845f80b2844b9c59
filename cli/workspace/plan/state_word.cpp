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

std::optional<ItemState> state_of(std::string_view word) {
  using enum ItemState;
  for (const ItemState state : {ok, change, finding, waived, unknown}) {
    if (state_word(state) == word) return state;
  }
  return {};
}

}  // namespace gopol::cli
