#include "providers/go/install/tree_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace gopol::providers::go {
namespace {

using dsl::Path;
using engine::Disk;
using engine::FileStatus;

constexpr std::string_view manifest_name = ".gopol-manifest";
constexpr std::string_view first_line_of_ours = "gopol tree 1";

/// A folder's own line; a file's has its mode and size.
void note_entry(const Path& tree, const std::string& below, const Disk& disk, std::string& out) {
  const auto status = disk.stat(tree / below);
  if (!status || below == manifest_name) return;
  if (status->type == FileStatus::Type::folder)
    out += fmt::format("folder 0 0 {}\n", below);
  else if (status->type == FileStatus::Type::regular)
    out += fmt::format("file {:o} {} {}\n", status->mode & 0111, status->size, below);
}

/// What is in a folder of the tree, `depth` folders deep.
void note_folder(const Path& tree, const std::string& folder, int depth, const Disk& disk,
                 std::string& out) {
  const auto names = disk.list(folder.empty() ? tree : tree / folder);
  for (const std::string& one : names ? *names : std::vector<std::string>()) {
    const std::string below = folder.empty() ? one : folder + "/" + one;
    if (one.find('\n') != std::string::npos) continue;
    note_entry(tree, below, disk, out);
    if (depth > 1) note_folder(tree, below, depth - 1, disk, out);
  }
}

std::string_view next_word(std::string_view& line) {
  const std::string_view out = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), out.size() + 1));
  return out;
}

std::string damage_in(std::string_view line, const Path& tree, const Disk& disk) {
  const std::string_view kind = next_word(line), mode = next_word(line), size = next_word(line);
  const auto status = disk.stat_target(tree / line);
  if (!status || status->type == FileStatus::Type::absent)
    return fmt::format("{} is missing", line);
  const bool is_folder = status->type == FileStatus::Type::folder;
  if (is_folder != (kind == "folder")) return fmt::format("{} is another", line);
  if (is_folder) return "";
  std::uint32_t may = 0;
  std::uint64_t bytes = 0;
  std::from_chars(mode.data(), mode.data() + mode.size(), may, 8);
  std::from_chars(size.data(), size.data() + size.size(), bytes);
  if (status->size == 0 && bytes > 0) return fmt::format("{} is empty", line);
  if (status->size != bytes) return fmt::format("{} has another size", line);
  if ((status->mode & may) != may) return fmt::format("{} is not executable", line);
  return "";
}

}  // namespace

dsl::Result<dsl::Done> write_manifest(const Path& tree, Disk& disk) {
  std::string out = fmt::format("{}\n", first_line_of_ours);
  note_folder(tree, "", 1, disk, out);
  note_folder(tree, "bin", 1, disk, out);
  note_folder(tree, "pkg/tool", 2, disk, out);
  note_folder(tree, "src", 1, disk, out);
  return disk.replace(tree / manifest_name, out, {.mode = 0644});
}

bool has_manifest(const Path& tree, const Disk& disk) {
  const auto text = disk.read(tree / manifest_name, {0, first_line_of_ours.size()});
  return text && *text == first_line_of_ours;
}

std::string damage_of(const Path& tree, const Disk& disk) {
  if (!has_manifest(tree, disk)) return "";
  const auto text = disk.read(tree / manifest_name);
  if (!text || !*text) return "";
  std::string_view rest = **text;
  rest.remove_prefix(std::min(rest.size(), rest.find('\n') + 1));
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (std::string damage = damage_in(line, tree, disk); !damage.empty()) return damage;
  }
  return "";
}

}  // namespace gopol::providers::go
