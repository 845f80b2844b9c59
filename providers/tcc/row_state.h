#pragma once

#include <string>

#include "dsl/value/value.h"
#include "providers/tcc/database.h"

namespace gopol::providers::tcc {

/// What a row says by itself, before anybody looks at the program.
struct RowState {
  dsl::Value value;  ///< allowed, limited, denied, undetermined; Unknown: its meaning is not known
  std::string finding = {};
};

/// `boot` names this start of the machine; empty: not known.
RowState state_of(const Row& row, const Record& record, const std::string& boot);

/// `allowed` for a 2; of a number without a known meaning, the number.
std::string word_of(const Row& row);

}  // namespace gopol::providers::tcc
