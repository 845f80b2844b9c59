#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/plan/provider.h"
#include "providers/path/block_place.h"
#include "providers/path/in_force.h"
#include "providers/shell/path_edits.h"

namespace gopol::providers {

/// The file of the user's login shell in which gopol's block edits PATH, if nothing stands in the
/// way.
dsl::Path path_block_file(const engine::Host& host);

/// What the block says; no edits if there is none or something else stands in it. `unreadable`:
/// Absent, or Unknown if the file cannot be read or the markers are broken.
struct PathBlock {
  shell::PathEdits edits;
  dsl::Value unreadable = dsl::Absent{};
  std::string origin;  ///< the files that hold it, or will
};
PathBlock read_path_block(const engine::Host& host, std::string_view block = path_name);

/// Where somebody works and `first`, `before` or `absent` is not what the block says. Of the block
/// `go` only that no other go comes before its folder counts.
dsl::SharedList<engine::Elsewhere> path_elsewhere(std::string_view attribute,
                                                  const shell::PathEdits& edits,
                                                  const WorkSessions& sessions,
                                                  const engine::Host& host,
                                                  std::string_view block = path_name);

/// See `PlacedBlock::astray` and `would_move`.
bool is_path_block_astray(const engine::Host& host, std::string_view block = path_name);
bool path_block_would_move(const shell::PathEdits& edits, const engine::Host& host,
                           std::string_view block = path_name);

/// The change that makes the block say that; no edits: the file is what it was before the block.
/// Errors: a folder with `:` or a line end in its name, a profile whose markers are broken, or that
/// cannot be read.
dsl::Result<engine::Prepared> prepare_path_block(const shell::PathEdits& edits,
                                                 const engine::Host& host,
                                                 std::string_view block = path_name);

/// The folder that the block puts first; Absent if there is no block or something else stands in
/// it, Unknown if the file cannot be read or the markers are broken. Whether other files undo that
/// is another question: `first_program` answers it. `block` is the name in the markers: who keeps a
/// folder of its own uses a name of its own.
dsl::Value put_first_now(const engine::Host& host, std::string_view block = path_name);

/// true, false, or Unknown: the block puts this folder first.
dsl::Value is_put_first(const dsl::Path& folder, const engine::Host& host,
                        std::string_view block = path_name);

/// The change that makes the block put this folder first; without one it puts none first, and goes
/// if it does nothing else. Errors: those of `prepare_path_block`.
dsl::Result<engine::Prepared> prepare_put_first(const std::optional<dsl::Path>& folder,
                                                const engine::Host& host,
                                                std::string_view block = path_name);

}  // namespace gopol::providers
