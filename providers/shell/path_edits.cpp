#include "providers/shell/path_edits.h"

#include <fmt/format.h>

#include <algorithm>

#include "providers/read/lines.h"

namespace gopol::providers::shell {
namespace {

using dsl::Path;

/// Before the line of `before`, which else looks as that of `first` does.
constexpr std::string_view before_note = "# before what PATH has";

/// What stands around a folder in a line. Any shell but fish runs the loop: macOS' bash is 3.2, and
/// `sh` may be dash.
struct Form {
  std::string_view begin, middle, end;  ///< `middle` empty: the folder stands there once
};
constexpr Form take_out_form{"gopol_path=:$PATH:; while case $gopol_path in *:",
                             ":*) true;; *) false;; esac; do "
                             "gopol_path=${gopol_path%%:",
                             ":*}"};
constexpr std::string_view take_out_rest =
    "; done; PATH=${gopol_path#:}; PATH=${PATH%:}; unset gopol_path";
constexpr std::string_view fish_take_out = "while set -l at (contains -i -- ";
constexpr std::string_view fish_take_out_rest = " $PATH); set -e PATH[$at]; end";

/// Inside double quotes four characters mean something.
std::string in_double_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '$' || c == '`' || c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string take_out_line(Shell shell, const Path& folder) {
  const std::string word = quoted(shell, folder.text);
  if (shell == Shell::fish) return fmt::format("{}{}{}\n", fish_take_out, word, fish_take_out_rest);
  return fmt::format("{}{}{}{}{}:${{gopol_path#*:{}:}}{}\n", take_out_form.begin, word,
                     take_out_form.middle, word, take_out_form.end, word, take_out_rest);
}

std::string front_line(Shell shell, const std::vector<Path>& folders) {
  std::string out;
  for (const Path& folder : folders) {
    if (!out.empty()) out += shell == Shell::fish ? " " : ":";
    out += shell == Shell::fish ? quoted(shell, folder.text) : in_double_quotes(folder.text);
  }
  if (shell == Shell::fish) return fmt::format("set -gx PATH {} $PATH\n", out);
  return fmt::format("export PATH=\"{}:$PATH\"\n", out);
}

/// The words of `'a' 'b'`, as `quoted` writes them for fish.
std::optional<std::vector<Path>> fish_words(std::string_view text) {
  std::vector<Path> out;
  while (!text.empty()) {
    std::size_t end = 1;
    while (end < text.size() && text[end] != '\'') end += text[end] == '\\' ? 2 : 1;
    if (text.front() != '\'' || end >= text.size()) return {};
    bool ok = true;
    out.emplace_back(unquoted(Shell::fish, text.substr(0, end + 1), ok));
    if (!ok) return {};
    text.remove_prefix(end + 1);
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return out;
}

std::vector<Path> colon_words(std::string_view text) {
  std::vector<Path> out;
  std::string folder;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ':') {
      out.emplace_back(std::exchange(folder, {}));
      continue;
    }
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    folder += text[i];
  }
  out.emplace_back(std::move(folder));
  return out;
}

/// The folders of a line as `front_line` writes it; nothing: it is another line.
std::optional<std::vector<Path>> put_in_front(Shell shell, std::string_view line) {
  const std::string_view before = shell == Shell::fish ? "set -gx PATH " : "export PATH=\"";
  const std::string_view after = shell == Shell::fish ? " $PATH" : ":$PATH\"";
  if (!line.starts_with(before) || !line.ends_with(after) ||
      line.size() < before.size() + after.size())
    return {};
  line.remove_prefix(before.size());
  line.remove_suffix(after.size());
  return shell == Shell::fish ? fish_words(line) : colon_words(line);
}

}  // namespace

std::optional<Path> taken_out(Shell shell, std::string_view line) {
  const bool fish = shell == Shell::fish;
  const std::string_view begin = fish ? fish_take_out : take_out_form.begin;
  const std::string_view end = fish ? fish_take_out_rest : take_out_form.middle;
  if (!line.starts_with(begin)) return {};
  const std::size_t at = line.find(end, begin.size());
  if (at == line.npos) return {};
  bool ok = true;
  const Path folder(unquoted(shell, line.substr(begin.size(), at - begin.size()), ok));
  if (!ok || without_end(take_out_line(shell, folder)) != line) return {};
  return folder;
}

std::string path_lines(Shell shell, const PathEdits& edits) {
  std::string out;
  for (const Path& folder : edits.absent) out += take_out_line(shell, folder);
  if (!edits.before.empty())
    out += fmt::format("{}\n{}", before_note, front_line(shell, edits.before));
  if (edits.first) out += front_line(shell, {*edits.first});
  return out;
}

std::optional<PathEdits> path_edits(Shell shell, std::string_view lines) {
  PathEdits out;
  bool noted = false;
  for (std::string_view line : lines_with_ends(lines)) {
    line = without_end(line);
    if (line == before_note) {
      noted = true;
    } else if (auto folder = taken_out(shell, line)) {
      out.absent.push_back(std::move(*folder));
    } else if (auto folders = put_in_front(shell, line)) {
      if (std::exchange(noted, false))
        out.before = std::move(*folders);
      else
        out.first = std::move(folders->front());
    }
  }
  if (path_lines(shell, out) != lines) return {};
  return out;
}

}  // namespace gopol::providers::shell
