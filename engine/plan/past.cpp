#include "engine/plan/past.h"

namespace gopol::engine {

const Owned* Past::find(const Slot& slot) const {
  return ledger == nullptr ? nullptr : ledger->find(slot);
}

const Hold* Past::hold(const Slot& slot) const {
  const Hold* out = ledger == nullptr || ends_holds ? nullptr : ledger->hold(slot);
  if (out == nullptr || now >= out->since + longest_hold) return nullptr;
  return out->policy == policy && out->version != version ? nullptr : out;
}

}  // namespace gopol::engine
