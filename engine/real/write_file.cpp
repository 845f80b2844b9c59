#include "engine/real/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "engine/real/descriptor.h"
#include "engine/real/xattrs.h"

namespace gopol::engine {
namespace {

/// A name nobody uses, in the same folder, so that the rename stays on one file system.
std::string name_beside(unsigned attempt) {
  return temporary_names(std::to_string(::getpid())) + std::to_string(attempt);
}

constexpr unsigned most_attempts = 100;  // a crashed process with our number may have left some

/// Unlinks a temporary file unless it was renamed into place.
class Temporary {
 public:
  Temporary(const Spot& spot, std::string name) : spot_(spot), name_(std::move(name)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!name_.empty()) ::unlinkat(spot_.folder(), name_.c_str(), 0);
  }
  int put_in_place() {
    if (::renameat(spot_.folder(), name_.c_str(), spot_.folder(), spot_.name()) != 0) return errno;
    name_.clear();
    return 0;
  }

 private:
  const Spot& spot_;
  std::string name_;
};

mode_t bits(std::uint32_t mode) { return static_cast<mode_t>(mode & 07777); }

/// 0, or an errno; ENOENT: nothing is there.
int look_at(const Spot& spot, struct stat& found) {
  if (spot.error() != 0) return spot.error();
  return ::fstatat(spot.folder(), spot.name(), &found, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

Descriptor open_at(const Spot& spot, const char* name, int flags, mode_t mode = 0) {
  while (true) {
    const int number = ::openat(spot.folder(), name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
    if (number >= 0 || errno != EINTR) return Descriptor(number);
  }
}

int give_owner(int file, const struct stat& now, const Attributes& want) {
  const uid_t uid = want.uid.value_or(now.st_uid);
  const gid_t gid = want.gid.value_or(now.st_gid);
  struct stat made {};
  if (::fstat(file, &made) != 0) return errno;
  if (made.st_uid == uid && made.st_gid == gid) return 0;
  return ::fchown(file, uid, gid) == 0 ? 0 : errno;
}

/// Makes the new file what the old one was. The mode comes last: changing the owner clears setuid.
int dress(int file, const Spot& old, const struct stat& was, const Attributes& want) {
  if (const int error = give_owner(file, was, want)) return error;
  const Descriptor source = open_at(old, old.name(), O_RDONLY | O_NONBLOCK);
  if (source) {
    if (const int error = set_xattrs(file, xattrs_of(source.number()))) return error;
  }
  if (want.xattrs) {
    if (const int error = give_xattrs(file, *want.xattrs)) return error;
  }
  return ::fchmod(file, bits(want.mode.value_or(was.st_mode))) == 0 ? 0 : errno;
}

int dress_new(int file, const Attributes& want) {
  struct stat made {};
  if (::fstat(file, &made) != 0) return errno;
  if (const int error = give_owner(file, made, want)) return error;
  if (want.xattrs) {
    if (const int error = set_xattrs(file, *want.xattrs)) return error;
  }
  if (!want.mode) return 0;
  return ::fchmod(file, bits(*want.mode)) == 0 ? 0 : errno;
}

/// A file or folder as it is now, open; or closed, if its owner may not read it: then errno says
/// so.
Descriptor open_as_is(const Spot& spot) {
  return open_at(spot, spot.name(), O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

/// `mode` is for one of which no mode is asked.
int make_one_folder(const Spot& spot, const Attributes& want, mode_t mode) {
  struct stat found {};
  const int error = look_at(spot, found);
  if (error == 0) return S_ISDIR(found.st_mode) ? give_attributes(spot, want) : ENOTDIR;
  if (error != ENOENT) return error;
  // Closed until it has its mode, if one is wanted: nobody slips in between.
  if (::mkdirat(spot.folder(), spot.name(), want.mode ? 0700 : mode) != 0 && errno != EEXIST)
    return errno;
  const Descriptor made = want.xattrs ? open_as_is(spot) : Descriptor();
  int undressed = made ? set_xattrs(made.number(), *want.xattrs) : 0;
  if (undressed == 0) undressed = give_attributes(spot, want);
  if (undressed != 0) {
    ::unlinkat(spot.folder(), spot.name(), AT_REMOVEDIR);
    return undressed;
  }
  return spot.flush();
}

int make_parents(const std::string& path) {
  const std::string parent = Path(path).parent().text;
  struct stat found {};
  if (::stat(parent.c_str(), &found) == 0) return S_ISDIR(found.st_mode) ? 0 : ENOTDIR;
  if (errno != ENOENT) return errno;
  if (const int error = make_parents(parent)) return error;
  return make_one_folder(Spot::at(parent), {}, mode_on_the_way);
}

int change_owner(const Spot& spot, const Descriptor& open, uid_t uid, gid_t gid) {
  const int failed = open ? ::fchown(open.number(), uid, gid)
                          : ::fchownat(spot.folder(), spot.name(), uid, gid, AT_SYMLINK_NOFOLLOW);
  return failed == 0 ? 0 : errno;
}

int change_mode(const Spot& spot, const Descriptor& open, std::uint32_t mode) {
  // Only a file's owner comes to the second, and can reach no more through a link than so.
  const int failed = open ? ::fchmod(open.number(), bits(mode))
                          : ::fchmodat(spot.folder(), spot.name(), bits(mode), 0);
  return failed == 0 ? 0 : errno;
}

}  // namespace

std::string temporary_names(std::string_view process) {
  return ".gopol-" + std::string(process) + "-";
}

int replace_file(const Spot& spot, std::string_view bytes, const Attributes& want) {
  struct stat was {};
  const int looked = look_at(spot, was);
  const bool existed = looked == 0;
  if (!existed && looked != ENOENT) return looked;
  if (existed && !S_ISREG(was.st_mode))
    return S_ISDIR(was.st_mode) ? EISDIR : S_ISLNK(was.st_mode) ? link_came : EINVAL;
  // A new file gets the umask's mode from the kernel; bytes of an old one are never wider than it.
  const mode_t mode = existed || want.mode ? 0600 : 0666;
  std::string name;
  Descriptor file;
  for (unsigned attempt = 0; !file && attempt < most_attempts; ++attempt) {
    name = name_beside(attempt);
    file = open_at(spot, name.c_str(), O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!file && errno != EEXIST) return errno;
  }
  if (!file) return EEXIST;
  Temporary temporary(spot, name);
  if (const int error = write_all(file.number(), bytes)) return error;
  const int undressed =
      existed ? dress(file.number(), spot, was, want) : dress_new(file.number(), want);
  if (undressed != 0) return undressed;
  if (const int error = flush(file.number())) return error;
  if (const int error = file.close()) return error;
  if (const int error = temporary.put_in_place()) return error;
  return spot.flush();
}

int make_real_folder(const Spot& spot, const Attributes& want) {
  return make_one_folder(spot, want, 0777);
}

int give_attributes(const Spot& spot, const Attributes& want) {
  struct stat was {};
  if (const int error = look_at(spot, was)) return error;
  if (S_ISLNK(was.st_mode)) return link_came;
  const std::uint32_t mode = want.mode.value_or(was.st_mode);
  const uid_t uid = want.uid.value_or(was.st_uid);
  const gid_t gid = want.gid.value_or(was.st_gid);
  const bool new_owner = uid != was.st_uid || gid != was.st_gid;
  if (!new_owner && bits(mode) == bits(was.st_mode) && !want.xattrs) return 0;
  const Descriptor open = open_as_is(spot);
  struct stat now {};
  if (!open && errno != EACCES) return errno == ELOOP ? link_came : errno;
  if (open &&
      (::fstat(open.number(), &now) != 0 || now.st_ino != was.st_ino || now.st_dev != was.st_dev))
    return link_came;
  if (new_owner) {
    if (const int error = change_owner(spot, open, uid, gid)) return error;
  }
  if (open && want.xattrs) {
    if (const int error = give_xattrs(open.number(), *want.xattrs)) return error;
  }
  const int error = change_mode(spot, open, mode);
  // The first error is the one to tell, also where the owner cannot be given back.
  if (error != 0 && new_owner) static_cast<void>(change_owner(spot, open, was.st_uid, was.st_gid));
  return error;
}

int rename_durably(const Spot& from, const Spot& to) {
  if (from.error() != 0) return from.error();
  if (to.error() != 0) return to.error();
  if (::renameat(from.folder(), from.name(), to.folder(), to.name()) != 0) return errno;
  const int error = to.flush();
  return error != 0 ? error : from.flush();
}

int switch_link(const Spot& spot, const std::string& target) {
  struct stat was {};
  const int looked = look_at(spot, was);
  if (looked == 0 && !S_ISLNK(was.st_mode)) return EEXIST;
  if (looked != 0 && looked != ENOENT) return looked;
  for (unsigned attempt = 0; attempt < most_attempts; ++attempt) {
    const std::string name = name_beside(attempt);
    if (::symlinkat(target.c_str(), spot.folder(), name.c_str()) != 0) {
      if (errno == EEXIST) continue;
      return errno;
    }
    Temporary temporary(spot, name);
    if (const int error = temporary.put_in_place()) return error;
    return spot.flush();
  }
  return EEXIST;
}

int remove_one(const Spot& spot) {
  struct stat found {};
  const int looked = look_at(spot, found);
  if (looked != 0) return looked == ENOENT || looked == ENOTDIR ? 0 : looked;
  const int how = S_ISDIR(found.st_mode) ? AT_REMOVEDIR : 0;
  if (::unlinkat(spot.folder(), spot.name(), how) != 0) return errno == ENOENT ? 0 : errno;
  return spot.flush();
}

int add_one_name(const Spot& file, const Spot& name) {
  if (file.error() != 0) return file.error();
  if (name.error() != 0) return name.error();
  if (::linkat(file.folder(), file.name(), name.folder(), name.name(), 0) != 0) return errno;
  return name.flush();
}

int replace_file(const std::string& path, std::string_view bytes, const Attributes& want) {
  return replace_file(Spot::at(path), bytes, want);
}

int make_real_folder(const std::string& path, const Attributes& want) {
  char real[PATH_MAX];
  if (::realpath(path.c_str(), real) != nullptr) return make_one_folder(Spot::at(real), want, 0777);
  if (errno != ENOENT) return errno;
  if (const int error = make_parents(path)) return error;
  return make_one_folder(Spot::at(path), want, 0777);
}

int rename_durably(const std::string& from, const std::string& to) {
  return rename_durably(Spot::at(from), Spot::at(to));
}

}  // namespace gopol::engine
