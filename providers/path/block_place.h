#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/provider.h"
#include "providers/shell/shells.h"

namespace gopol::providers {

/// The names of the two blocks that edit PATH: `path`, and the folder of gopol's own Go.
inline constexpr std::string_view path_name = "path", go_name = "go";

/// The name of a block, and the shell in whose files it stands.
struct BlockName {
  shell::Shell shell = shell::Shell::sh;
  std::string_view name;
};

/// A block of gopol's as it is found, wherever it stands.
struct PlacedBlock {
  bool there = false;
  std::string body;              ///< of the one that is read last
  std::vector<dsl::Path> files;  ///< those that hold one, in the order in which they are read
  std::uint32_t first_line = 0;  ///< of the body, in the last of the files
  bool astray = false;           ///< in a file where gopol puts none, or not the same in all
  dsl::Value unreadable = dsl::Absent{};  ///< Unknown: a file cannot be read, markers are broken
};
PlacedBlock find_placed(const BlockName& block, const engine::Host& host);

/// How much of what a block says is out of force on a machine; 0: all of it is in force.
using WeighBlock = std::function<std::size_t(const engine::Host&)>;

/// Whether writing the block anew would bring it to where it belongs, or more of it into force.
bool would_move(const BlockName& block, const PlacedBlock& now, const engine::Host& host,
                const WeighBlock& weigh);

/// The change that makes the block say that, where most of it is in force: where it stands, else at
/// the end of the file that a login shell reads, else behind what comes later: the rc file too. It
/// goes from where it stood before; an empty body: from everywhere. Errors: broken markers, a file
/// that cannot be read.
dsl::Result<engine::Prepared> place_block(const BlockName& block, const std::string& body,
                                          const engine::Host& host, const WeighBlock& weigh);

/// The file that it goes to if nothing stands in the way.
dsl::Path usual_file(shell::Shell shell, const engine::Host& host);

}  // namespace gopol::providers
