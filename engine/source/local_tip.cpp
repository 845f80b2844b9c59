#include "engine/source/local_tip.h"

#include <string_view>

namespace gopol::engine {
namespace {

constexpr std::string_view file_scheme = "file://";
constexpr std::uint64_t longest_reference = 4096, longest_list = 4u << 20;  // bytes

bool is_commit(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::optional<std::string> text_of(const Disk& disk, const Path& file, std::uint64_t most) {
  auto text = disk.read(file, {.size = most});
  if (!text || !*text) return {};
  while ((*text)->ends_with('\n')) (*text)->pop_back();
  return std::move(**text);
}

/// The bare repository, or the `.git` of a work tree.
std::optional<Path> repository_of(const Disk& disk, const SourceRef& source) {
  std::string_view path = source.url;
  if (path.starts_with(file_scheme)) path.remove_prefix(file_scheme.size());
  if (!path.starts_with('/') || path.find('%') != path.npos) return {};
  for (const Path& folder : {Path(path) / ".git", Path(path)}) {
    const auto head = disk.stat_target(folder / "HEAD");
    if (head && head->type == FileStatus::Type::regular) return folder;
  }
  return {};
}

/// One line of `packed-refs`: `<commit> <name>`.
std::optional<std::string> packed(const Disk& disk, const Path& repository,
                                  const std::string& name) {
  const auto list = text_of(disk, repository / "packed-refs", longest_list);
  if (!list) return {};
  const std::string end = " " + name;
  std::string_view rest = *list;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.size() == 40 + end.size() && line.ends_with(end))
      return std::string(line.substr(0, 40));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return {};
}

}  // namespace

std::optional<std::string> local_tip(const Disk& disk, const SourceRef& source) {
  if (!source.tag.empty() || !source.commit.empty()) return {};
  const auto repository = repository_of(disk, source);
  if (!repository) return {};
  std::string name = "refs/heads/" + source.branch;
  if (source.branch.empty()) {
    const auto head = text_of(disk, *repository / "HEAD", longest_reference);
    if (!head || !head->starts_with("ref: refs/heads/")) return {};
    name = head->substr(5);
  }
  const Path reference = *repository / name;
  if (!reference.is_within(*repository / "refs/heads")) return {};
  auto tip = text_of(disk, reference, longest_reference);
  if (!tip) tip = packed(disk, *repository, name);
  return tip && is_commit(*tip) ? tip : std::nullopt;
}

}  // namespace gopol::engine
