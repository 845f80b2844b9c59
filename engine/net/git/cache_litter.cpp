#include "engine/net/git/cache_litter.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <git2.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "engine/net/answer.h"
#include "engine/net/stop.h"
#include "engine/real/descriptor.h"
#include "engine/real/disk_tree.h"
#include "engine/real/write_file.h"

namespace gopol::engine::net {
namespace {

namespace fs = std::filesystem;

std::vector<fs::directory_entry> entries_of(const std::string& folder) {
  std::error_code error;
  std::vector<fs::directory_entry> out;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    out.push_back(*entry);
  return out;
}

bool is_real_folder(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.symlink_status(error).type() == fs::file_type::directory;
}

/// 40 digits and a line end, or another reference's name.
bool says_something(const std::string& reference) {
  const Descriptor open = open_file(reference, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  std::string text;
  if (!open || read_some(open.number(), 0, GIT_OID_HEXSZ + 1, text) != 0) return false;
  return text.starts_with("ref: ") || (text.size() == GIT_OID_HEXSZ + 1 &&
                                       text.find_first_not_of("0123456789abcdef") == GIT_OID_HEXSZ);
}

/// Below `refs`, where everything is a reference, or the lock of one. Nothing is followed.
void sweep_references(const std::string& folder) {
  for (const auto& entry : entries_of(folder)) {
    const std::string path = entry.path().string();
    if (is_real_folder(entry)) {
      sweep_references(path);
    } else if (path.ends_with(".lock") || !says_something(path)) {
      remove_real_tree(path);
    }
  }
}

/// A pack and its index are two files: one alone is half a pack.
void sweep_packs(const std::string& folder) {
  for (const auto& entry : entries_of(folder)) {
    fs::path path = entry.path(), other = path;
    const bool pack = path.extension() == ".pack", index = path.extension() == ".idx";
    other.replace_extension(pack ? ".idx" : ".pack");
    const bool whole = (pack || index) && ::access(other.c_str(), F_OK) == 0;
    if (!whole) remove_real_tree(path.string());
  }
}

/// `objects/ab/` holds objects named by 38 digits.
void sweep_objects(const std::string& folder) {
  constexpr std::size_t name_size = GIT_OID_HEXSZ - 2;
  for (const auto& entry : entries_of(folder)) {
    const std::string name = entry.path().filename().string();
    if (name == "pack" || name == "info") continue;
    if (name.size() != 2 || !is_real_folder(entry)) {
      remove_real_tree(entry.path().string());
      continue;
    }
    for (const auto& object : entries_of(entry.path().string())) {
      if (object.path().filename().string().size() != name_size)
        remove_real_tree(object.path().string());
    }
  }
}

}  // namespace

dsl::Result<dsl::Done> hold_cache(const std::string& cache, std::chrono::milliseconds patience) {
  static Descriptor held;  // until this program ends: the kernel lets go for us
  held = open_file(cache, O_RDONLY | O_DIRECTORY);
  if (!held) return trouble(fmt::format("cannot open the cache `{}`: {}", cache, reason(errno)));
  if (::flock(held.number(), LOCK_EX | LOCK_NB) == 0) return dsl::Done{};
  watch(patience, error_line(dsl::problem(
                      "R4101", fmt::format("another gopol fetches into the cache `{}`", cache),
                      "wait for it to end")));
  int error = 0;
  while (::flock(held.number(), LOCK_EX) != 0) {
    if (errno == EINTR && !is_stopped()) continue;
    error = errno;
    break;
  }
  watch(std::chrono::milliseconds(0), "");
  if (error == 0) return dsl::Done{};
  return trouble(fmt::format("cannot lock the cache `{}`: {}", cache, reason(error)));
}

void sweep_cache(const std::string& folder) {
  for (const auto& entry : entries_of(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".lock") || name.starts_with(temporary_names("").substr(0, 7)))
      remove_real_tree(entry.path().string());
  }
  sweep_references(folder + "/refs");
  sweep_packs(folder + "/objects/pack");
  sweep_objects(folder + "/objects");
}

}  // namespace gopol::engine::net
