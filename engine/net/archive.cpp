#include "engine/net/archive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dsl/value/ascii.h"
#include "engine/net/index.h"
#include "engine/net/sha256_stream.h"
#include "engine/net/transfer.h"
#include "engine/net/unpack.h"
#include "engine/real/descriptor.h"
#include "engine/real/disk_tree.h"
#include "engine/real/platform.h"
#include "engine/real/rooted_path.h"
#include "engine/real/write_file.h"

namespace gopol::engine::net {
namespace {

/// The folder that is unpacked into; gone with this unless it was given its final name.
class Part {
 public:
  explicit Part(std::string path) : path_(std::move(path)) {}
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part() {
    if (!path_.empty()) remove_real_tree(path_);
  }

  const std::string& path() const { return path_; }
  int become(const std::string& name) {
    const int error = rename_durably(path_, name);
    if (error == 0) path_.clear();
    return error;
  }

 private:
  std::string path_;
};

dsl::Result<std::string> place_of_staging(const Json& request) {
  const dsl::Path staging(detail::text_in(request, "staging"));
  const auto found = place(detail::text_in(request, "root"), staging, Follow::not_the_last);
  if (!found) return found.error();
  if (found->exists) return trouble(fmt::format("`{}` exists already", staging.text));
  return found->real;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

dsl::Diagnostic wrong_hash(const std::string& url, const std::string& wanted,
                           const std::string& found) {
  return trouble(fmt::format("{} has SHA-256 {}, but {} was asked for", url, found, wanted),
                 "nothing was changed; either the hash in the policy is wrong or the file was "
                 "tampered with");
}

struct Download {
  std::string url, sha256;
  std::uint64_t size = 0;
};

/// Unpacks and hashes in one pass.
dsl::Result<Download> receive(const std::string& url, const Route& route, const std::string& wanted,
                              const std::string& into, const std::string& what) {
  Transfer transfer(url, route, what);
  Sha256Stream hash;
  const NextBytes next = [&]() -> dsl::Result<std::string_view> {
    auto bytes = transfer.next();
    if (bytes) hash.add(*bytes);
    return bytes;
  };
  const Unpacking unpacking = unpack(next, into);
  if (unpacking.trouble && !unpacking.is_the_archive) return *unpacking.trouble;
  while (true) {  // what lies behind the tar's end is hashed too; a wrong hash explains more
    const auto rest = next();
    if (!rest && unpacking.trouble) return *unpacking.trouble;
    if (!rest) return rest.error();
    if (rest->empty()) break;
  }
  std::string found = hash.hex();
  if (found != wanted) return wrong_hash(url, wanted, found);
  if (unpacking.trouble) return *unpacking.trouble;
  return Download{url, std::move(found), transfer.received()};
}

}  // namespace

dsl::Result<Json> archive(const Json& request) {
  const auto staging = place_of_staging(request);
  if (!staging) return staging.error();
  const Wish wish{detail::text_in(request, "mirror"), detail::text_in(request, "version"),
                  detail::text_in(request, "os"), detail::text_in(request, "arch")};
  const auto route = route_of(request);
  if (!route) return route.error();
  std::string wanted = dsl::lowered(detail::text_in(request, "sha256"));
  const auto listed = look_up(wish, *route, !wanted.empty());
  if (!listed) return listed.error();
  if (wanted.empty()) wanted = dsl::lowered(listed->sha256);
  if (!is_sha256(wanted)) {
    return trouble(fmt::format("there is no SHA-256 for {}", listed->file),
                   "set `sha256` in the policy");
  }
  Part part(*staging + ".part");
  remove_real_tree(part.path());
  if (const int error = make_real_folder(part.path(), {.mode = 0755})) {
    return trouble(fmt::format("cannot make `{}`: {}", part.path(), std::strerror(error)));
  }
  const auto got =
      receive(file_url(wish.mirror, listed->file), *route, wanted, part.path(), listed->file);
  if (!got) return got.error();
  // All of the tree on the disk before it gets its name: a power cut must not leave empty files.
  if (const int error = platform::flush_file_system(part.path()))
    return trouble(fmt::format("cannot flush `{}`: {}", part.path(), reason(error)),
                   "check the disk; nothing was changed");
  if (const int error = part.become(*staging)) {
    return trouble(fmt::format("cannot rename `{}`: {}", part.path(), std::strerror(error)));
  }
  return Json{{"url", detail::json_text(got->url)}, {"sha256", got->sha256}, {"size", got->size}};
}

}  // namespace gopol::engine::net
