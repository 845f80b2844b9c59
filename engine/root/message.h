#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/apply/maker.h"
#include "engine/encoding/json.h"
#include "engine/real/real_network.h"
#include "engine/real/real_system.h"

namespace gopol::engine {

/// What the part that runs as root is told before all else: for whom it works, and everything that
/// it may be asked to make. Nothing of it comes by a file.
struct RootTask {
  Account user;
  Settings settings;
  NetSettings net;                    ///< where its programs are is not told: it knows its own
  std::vector<PlannedChange> agreed;  ///< in their order; the change and what it would write
  struct Back {
    MadeChange change;  ///< its files: what they were before, and what it left
    bool keeps_trees = false;
  };
  std::vector<Back> back;      ///< of an undo: what may be put back
  std::set<std::string> kept;  ///< names of the files that root keeps and the journal tells of
};

/// What the two sides say to each other, one JSON document a line. The helper begins with its hello
/// (then a password was right); asked are {"task": ...}, {"look": n}, {"keep": n, "as": name},
/// {"make": n}, {"put_back": n}, {"forget_kept": true}, {"end": true}.
namespace detail {

Json hello(const std::string& version);
bool is_hello(const Json& json, const std::string& version);

// Reading: nullopt if it is not one.
Json json_of(const RootTask& task);
std::optional<RootTask> task_of(const Json& json);
Json json_of(const Ready& ready);
std::optional<Ready> ready_of(const Json& json);
Json json_of(const Made& made);
std::optional<Made> made_of(const Json& json);

/// Code, message and help alone: places are in texts that the other side does not have.
Json json_of(const dsl::Diagnostics& errors);
dsl::Diagnostics diagnostics_of(const Json& json);

}  // namespace detail
}  // namespace gopol::engine
