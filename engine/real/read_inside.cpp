#include "engine/real/read_inside.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/real/descriptor.h"
#include "engine/real/rooted_path.h"

namespace gopol::engine {
namespace {

constexpr std::uint64_t most_inside = 64u << 20;  // bytes, as of a commit's file
constexpr int most_inner_links = 40;

bool is_git_folder(std::string_view name) {
  return name.size() == 4 && name[0] == '.' && (name[1] | 0x20) == 'g' && (name[2] | 0x20) == 'i' &&
         (name[3] | 0x20) == 't';
}

dsl::Diagnostic leads_out(const dsl::Path& file, const dsl::Path& top) {
  return dsl::problem("T6009",
                      fmt::format("`{}` leads out of `{}` through a link", file.text, top.text),
                      "put the file itself beside the policy");
}

/// A walk over open folders: what is opened is what was looked at.
class Walk {
 public:
  Walk(const dsl::Path& top, const dsl::Path& file) : top_(top), file_(file) {
    folders_.push_back(open_file(top.text, O_RDONLY | O_DIRECTORY));
  }

  dsl::Result<Descriptor> open() {
    if (!folders_.front()) return disk_problem("open", top_, errno);
    push(file_.text.substr(top_.text == "/" ? 0 : top_.text.size()));
    while (!waiting_.empty()) {
      const std::string part = std::move(waiting_.back());
      waiting_.pop_back();
      auto opened = step(part);
      if (!opened) return opened.error();
      if (*opened) return std::move(*opened);
    }
    return dsl::problem("R4002", fmt::format("`{}` is a folder, not a file", file_.text));
  }

 private:
  void push(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
      const std::string_view part = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(part.size() + 1, path.size()));
      if (!part.empty() && part != ".") parts.emplace_back(part);
    }
    waiting_.insert(waiting_.end(), parts.rbegin(), parts.rend());
  }

  /// One name further; an open file if it was the last and is one.
  dsl::Result<Descriptor> step(const std::string& part) {
    if (part == "..") {
      if (folders_.size() == 1) return leads_out(file_, top_);
      folders_.pop_back();
      return Descriptor();
    }
    if (is_git_folder(part)) {
      return dsl::problem("T6009", fmt::format("`{}` lies in git's own folder", file_.text),
                          "put the file itself beside the policy");
    }
    const int at = folders_.back().number();
    struct stat found {};
    if (::fstatat(at, part.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return failed(errno);
    if (S_ISLNK(found.st_mode)) return follow(at, part);
    const bool last = waiting_.empty();
    const int flags = O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_RDONLY |
                      (last && !S_ISDIR(found.st_mode) ? 0 : O_DIRECTORY);
    if (last && !S_ISREG(found.st_mode)) return not_plain(found);
    Descriptor opened(::openat(at, part.c_str(), flags));
    if (!opened) return failed(errno);
    if (last) return opened;
    folders_.push_back(std::move(opened));
    return Descriptor();
  }

  dsl::Result<Descriptor> follow(int at, const std::string& part) {
    char target[PATH_MAX];
    const ssize_t size = ::readlinkat(at, part.c_str(), target, sizeof target);
    if (size < 0 || size == static_cast<ssize_t>(sizeof target)) return failed(errno);
    if (++links_ > most_inner_links) return failed(ELOOP);
    const std::string_view text(target, static_cast<std::size_t>(size));
    if (text.starts_with('/')) return leads_out(file_, top_);
    push(text);
    return Descriptor();
  }

  dsl::Diagnostic not_plain(const struct stat& found) const {
    return dsl::problem("R4002", fmt::format("`{}` is a {}, not a file", file_.text,
                                             S_ISDIR(found.st_mode)    ? "folder"
                                             : S_ISFIFO(found.st_mode) ? "pipe"
                                                                       : "device or socket"));
  }

  dsl::Diagnostic failed(int error) const {
    if (error == ENOENT || error == ENOTDIR)
      return dsl::problem("P0001", fmt::format("no policy {}", file_.text),
                          "name a file that is there");
    return disk_problem("read", file_, error);
  }

  const dsl::Path &top_, &file_;
  std::vector<Descriptor> folders_;
  std::vector<std::string> waiting_;
  int links_ = 0;
};

}  // namespace

dsl::Result<std::string> read_inside(const dsl::Path& top, const dsl::Path& file) {
  if (!file.is_within(top)) return leads_out(file, top);
  auto opened = Walk(top, file).open();
  if (!opened) return opened.error();
  struct stat found {};
  std::string out;
  if (::fstat(opened->number(), &found) != 0) return disk_problem("read", file, errno);
  if (!S_ISREG(found.st_mode))
    return dsl::problem("R4002", fmt::format("`{}` is not a file", file.text));
  if (const int error = read_some(opened->number(), 0, most_inside + 1, out))
    return disk_problem("read", file, error);
  if (out.size() > most_inside)
    return disk_problem("read", file, EFBIG, "gopol reads whole files up to 64 MiB");
  return out;
}

}  // namespace gopol::engine
