#include "providers/path/path_block.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "providers/files/place.h"
#include "providers/read/reading.h"
#include "providers/shell/managed_block.h"
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

}  // namespace

Path path_block_file(const Host& host) {
  return shell::profile_file(shell::login_shell(host.system()), host);
}

PathBlock read_path_block(const Host& host, std::string_view block) {
  const Path path = path_block_file(host);
  const FileText text = read_text(host, path);
  PathBlock out;
  if (!text.there) {
    out.unreadable = text.why_not;
    return out;
  }
  const auto found = shell::find_block({path.text, text.text}, block);
  if (!found) {
    out.unreadable = unknown(found.error());
  } else if (*found) {
    // What else stands between gopol's own markers does nothing of the kind: drift.
    out.edits = shell::path_edits(shell::login_shell(host.system()), (*found)->body)
                    .value_or(shell::PathEdits{});
  }
  return out;
}

dsl::Result<engine::Prepared> prepare_path_block(const shell::PathEdits& edits, const Host& host,
                                                 std::string_view block) {
  if (auto valid = valid_edits(edits); !valid) return valid.error();
  const Path path = path_block_file(host);
  const auto before = host.disk().read(path);
  if (!before) return before.error();
  const std::string now = before->value_or("");
  auto text = shell::with_block({path.text, now}, block,
                                shell::path_lines(shell::login_shell(host.system()), edits));
  if (!text) return text.error();
  return files::prepare_part(path, now, std::move(*text), host.disk());
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
