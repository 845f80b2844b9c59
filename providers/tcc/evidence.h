#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/tcc/client_program.h"
#include "providers/tcc/database.h"
#include "providers/tcc/overrides.h"

namespace gopol::providers::tcc {

/// One file of TCC: read, or Unknown and why.
template <class Content>
struct Source {
  dsl::Path path;
  dsl::Value trouble = {};
  Content content = {};
  bool is_readable() const { return !trouble.is_unknown(); }
};

/// All that decides about one client.
struct Evidence {
  Client client;
  int macos = 0;
  std::string boot;  ///< this start of the machine; empty: not known
  Source<Record> system, user;
  Source<std::vector<Override>> overrides;
};

/// What a profile says of the client; unknown where it cannot be read.
Source<std::vector<Override>> overrides_of(const Client& client, const engine::Host& host);

/// Error-free: what cannot be read says so where it would count.
Evidence gather(const Client& client, const engine::Host& host);

}  // namespace gopol::providers::tcc
