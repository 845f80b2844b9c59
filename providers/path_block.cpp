#include "providers/path_block.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "providers/files/place.h"
#include "providers/lines.h"
#include "providers/reading.h"
#include "providers/shell/managed_block.h"
#include "providers/shell/shells.h"

namespace gopol::providers {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Host;
using shell::Shell;

/// Inside double quotes four characters mean something.
std::string in_double_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '$' || c == '`' || c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string line_for(Shell shell, const Path& folder) {
  if (shell == Shell::fish)
    return fmt::format("set -gx PATH {} $PATH\n", shell::quoted(shell, folder.text));
  return fmt::format("export PATH=\"{}:$PATH\"\n", in_double_quotes(folder.text));
}

/// The folder of a line as `line_for` writes it.
std::optional<Path> folder_in(Shell shell, std::string_view line) {
  const std::string_view before = shell == Shell::fish ? "set -gx PATH " : "export PATH=\"";
  const std::string_view after = shell == Shell::fish ? " $PATH" : ":$PATH\"";
  if (!line.starts_with(before) || !line.ends_with(after) ||
      line.size() < before.size() + after.size())
    return {};
  line.remove_prefix(before.size());
  line.remove_suffix(after.size());
  bool ok = true;
  if (shell == Shell::fish) {
    const std::string text = shell::unquoted(shell, line, ok);
    return ok ? std::optional(Path(text)) : std::nullopt;
  }
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) ++i;
    text += line[i];
  }
  return Path(text);
}

dsl::Result<dsl::Done> valid_folder(const Path& folder) {
  const bool odd = folder.text.find_first_of(std::string_view(":\r\n\0", 4)) != std::string::npos;
  if (folder.is_absolute() && !odd) return dsl::Done{};
  return dsl::problem("R4002", fmt::format("`{}` cannot stand in PATH", folder.text),
                      "PATH holds absolute folders without `:` and line ends");
}

}  // namespace

Path path_block_file(const Host& host) {
  return shell::profile_file(shell::login_shell(host.system()), host);
}

Value put_first_now(const Host& host, std::string_view block) {
  const Shell shell = shell::login_shell(host.system());
  const Path path = path_block_file(host);
  const FileText text = read_text(host, path);
  if (!text.there) return text.why_not;
  const auto found = shell::find_block({path.text, text.text}, block);
  if (!found) return unknown(found.error());
  if (!*found) return dsl::Absent{};
  const std::string_view line = without_end((*found)->body);
  const auto folder = line.find('\n') == line.npos ? folder_in(shell, line) : std::nullopt;
  if (folder) return *folder;
  return dsl::Absent{};  // what else stands between gopol's own markers puts nothing first: drift
}

Value is_put_first(const Path& folder, const Host& host, std::string_view block) {
  Value now = put_first_now(host, block);
  if (now.is_unknown()) return now;
  return now == Value(folder);
}

dsl::Result<dsl::Done> put_first(const Path& folder, Host& host, std::string_view block) {
  if (auto valid = valid_folder(folder); !valid) return valid;
  const Path path = path_block_file(host);
  const auto before = host.disk().read(path);
  if (!before) return before.error();
  const std::string now = before->value_or("");
  const auto text = shell::put_block({path.text, now}, block,
                                     line_for(shell::login_shell(host.system()), folder));
  if (!text) return text.error();
  if (*text == now) return dsl::Done{};
  return host.disk().replace(path, *text);
}

dsl::Result<dsl::Done> put_first_no_more(Host& host, std::string_view block) {
  const Path path = path_block_file(host);
  const auto before = host.disk().read(path);
  if (!before) return before.error();
  if (!*before) return dsl::Done{};
  const auto text = shell::remove_block({path.text, **before}, block);
  if (!text) return text.error();
  if (*text == **before) return dsl::Done{};
  return host.disk().replace(path, *text);
}

dsl::Result<engine::Prepared> prepare_put_first(const Host& host) {
  return files::prepare_write(path_block_file(host), false, host.disk());
}

}  // namespace gopol::providers
