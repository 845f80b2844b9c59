#include "providers/path/path_block.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "providers/path/block_place.h"
#include "providers/shell/shells.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Host;

dsl::Result<dsl::Done> valid_block_folder(const Path& folder) {
  const bool odd = folder.text.find_first_of(std::string_view(":\r\n\0", 4)) != std::string::npos;
  if (folder.is_absolute() && !odd) return dsl::Done{};
  return dsl::problem("R4002", fmt::format("`{}` cannot stand in PATH", folder.text),
                      "PATH holds absolute folders without `:` and line ends");
}

dsl::Result<dsl::Done> valid_edits(const shell::PathEdits& edits) {
  if (edits.first) {
    if (auto valid = valid_block_folder(*edits.first); !valid) return valid;
  }
  for (const auto* folders : {&edits.before, &edits.absent}) {
    for (const Path& folder : *folders) {
      if (auto valid = valid_block_folder(folder); !valid) return valid;
    }
  }
  return dsl::Done{};
}

/// Of both blocks that edit PATH, what another one puts in front.
std::optional<Path> others_first(const Host& host, std::string_view block) {
  return block == path_name ? read_path_block(host, go_name).edits.first : std::nullopt;
}

/// What of a block is out of force on a machine.
WeighBlock weighs(std::string_view block, const shell::PathEdits& edits) {
  return [block, edits](const Host& host) {
    const WorkSessions sessions(host);
    std::size_t out = 0;
    for (const char* attribute : {"first", "before", "absent"})
      out += weight_of(path_elsewhere(attribute, edits, sessions, host, block));
    return out;
  };
}

BlockName named(const Host& host, std::string_view block) {
  return {shell::login_shell(host.system()), block};
}

}  // namespace

Path path_block_file(const Host& host) {
  return usual_file(shell::login_shell(host.system()), host);
}

PathBlock read_path_block(const Host& host, std::string_view block) {
  PlacedBlock placed = find_placed(named(host, block), host);
  PathBlock out;
  out.unreadable = std::move(placed.unreadable);
  // What else stands between gopol's own markers does nothing of the kind: drift.
  if (out.unreadable.is_absent() && placed.there)
    out.edits = shell::path_edits(shell::login_shell(host.system()), placed.body)
                    .value_or(shell::PathEdits{});
  for (const Path& file : placed.files) out.origin += (out.origin.empty() ? "" : ", ") + file.text;
  if (out.origin.empty()) out.origin = path_block_file(host).text;
  return out;
}

dsl::SharedList<engine::Elsewhere> path_elsewhere(std::string_view attribute,
                                                  const shell::PathEdits& edits,
                                                  const WorkSessions& sessions, const Host& host,
                                                  std::string_view block) {
  if (block == go_name)
    return edits.first && attribute == "first"
               ? sessions.elsewhere(asks_first_with("go", *edits.first, host))
               : dsl::SharedList<engine::Elsewhere>();
  return sessions.elsewhere(asks_path(attribute, edits, others_first(host, block)));
}

bool path_block_would_move(const shell::PathEdits& edits, const Host& host,
                           std::string_view block) {
  const BlockName name = named(host, block);
  return would_move(name, find_placed(name, host), host, weighs(block, edits));
}

bool is_path_block_astray(const Host& host, std::string_view block) {
  return find_placed(named(host, block), host).astray;
}

dsl::Result<engine::Prepared> prepare_path_block(const shell::PathEdits& edits, const Host& host,
                                                 std::string_view block) {
  if (auto valid = valid_edits(edits); !valid) return valid.error();
  return place_block(named(host, block),
                     shell::path_lines(shell::login_shell(host.system()), edits), host,
                     weighs(block, edits));
}

Value put_first_now(const Host& host, std::string_view block) {
  const PathBlock now = read_path_block(host, block);
  if (now.edits.first) return *now.edits.first;
  return now.unreadable;
}

Value is_put_first(const Path& folder, const Host& host, std::string_view block) {
  Value now = put_first_now(host, block);
  if (now.is_unknown()) return now;
  return now == Value(folder);
}

dsl::Result<engine::Prepared> prepare_put_first(const std::optional<Path>& folder, const Host& host,
                                                std::string_view block) {
  PathBlock now = read_path_block(host, block);
  now.edits.first = folder;
  return prepare_path_block(now.edits, host, block);
}

}  // namespace gopol::providers
