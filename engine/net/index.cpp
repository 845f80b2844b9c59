#include "engine/net/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "dsl/value/go_version.h"
#include "engine/net/answer.h"
#include "engine/net/transfer.h"

namespace gopol::engine::net {
namespace {

constexpr std::size_t largest_index = 64u << 20;  // bytes; go.dev's has three million
constexpr std::size_t most_named = 4;

std::string without_slash(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

/// A name and nothing else: an index may not lead us elsewhere.
bool is_file_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("._+-").find(c) != std::string_view::npos;
  });
}

/// What a mirror lists; nothing: it can be reached and has no index.
struct Index {
  std::optional<Json> releases;
  long status = 0;  ///< of the answer in its place
};

/// It says that there is nothing for us; not that we are to ask in another way, or later.
bool is_refusal(long status) {
  return status >= 400 && status < 500 && status != 401 && status != 407 && status != 408 &&
         status != 429;
}

dsl::Result<Index> read_one(const std::string& url, const Route& route) {
  Transfer transfer(url, route);
  const auto text = read_all(transfer, largest_index);
  Index out{{}, transfer.status()};
  const bool no_file = url.starts_with("file:") && out.status == 0;
  if (!text && (is_refusal(out.status) || no_file)) return out;
  if (!text) return text.error();
  out.releases = detail::parse_json(*text);
  if (out.releases && !out.releases->is_array()) out.releases.reset();
  return out;
}

dsl::Result<Index> read_index(const std::string& mirror, const Route& route) {
  const std::string base = without_slash(mirror);
  if (!base.starts_with("file:")) {
    auto index = read_one(base + "/?mode=json&include=all", route);
    if (!index || index->releases) return index;
  }
  return read_one(base + "/index.json", route);
}

struct Found {
  std::optional<Listed> file;
  std::vector<std::string> others;  ///< versions for this platform
};

Found search(const Json& index, const Wish& wish) {
  Found out;
  for (const Json& release : index) {
    const Json* files = detail::find(release, "files");
    if (files == nullptr || !files->is_array()) continue;
    const std::string version = detail::text_in(release, "version");
    for (const Json& file : *files) {
      if (detail::text_in(file, "os") != wish.os || detail::text_in(file, "arch") != wish.arch ||
          detail::text_in(file, "kind") != "archive") {
        continue;
      }
      if (version == wish.version && !out.file) {
        out.file = Listed{detail::text_in(file, "filename"), detail::text_in(file, "sha256")};
      }
      out.others.push_back(version);
    }
  }
  return out;
}

/// The few versions just below and above.
std::string nearest(std::vector<std::string> versions, const std::string& wanted) {
  std::sort(versions.begin(), versions.end(),
            [](const auto& a, const auto& b) { return dsl::go_version::compare_names(a, b) < 0; });
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  const auto place = std::lower_bound(
      versions.begin(), versions.end(), wanted,
      [](const auto& a, const auto& b) { return dsl::go_version::compare_names(a, b) < 0; });
  const auto at = static_cast<std::size_t>(place - versions.begin());
  const std::size_t from = at - std::min(at, most_named / 2);
  const std::size_t to = std::min(versions.size(), from + most_named);
  return fmt::format("{}", fmt::join(versions.begin() + static_cast<std::ptrdiff_t>(from),
                                     versions.begin() + static_cast<std::ptrdiff_t>(to), ", "));
}

dsl::Diagnostic not_there(const Wish& wish, const Found& found) {
  const std::string platform = wish.os + "/" + wish.arch;
  std::string help = found.others.empty() ? fmt::format("it has nothing for {}", platform)
                                          : fmt::format("it has for {}: {}", platform,
                                                        nearest(found.others, wish.version));
  return trouble(fmt::format("{} has no {} for {}", wish.mirror, wish.version, platform),
                 std::move(help));
}

}  // namespace

std::string file_url(const std::string& mirror, const std::string& file) {
  return without_slash(mirror) + "/" + file;
}

dsl::Result<Listed> look_up(const Wish& wish, const Route& route, bool hash_is_known) {
  const auto index = read_index(wish.mirror, route);
  if (!index) return index.error();
  if (!index->releases && hash_is_known) {
    return Listed{fmt::format("{}.{}-{}.tar.gz", wish.version, wish.os, wish.arch), ""};
  }
  if (!index->releases) {
    const std::string answer =
        is_refusal(index->status) ? fmt::format(": it answered {}", index->status) : "";
    return trouble(
        fmt::format("{} has no index of releases{}", wish.mirror, answer),
        "a mirror answers `?mode=json&include=all`, or has an `index.json`, as go.dev/dl");
  }
  const Found found = search(*index->releases, wish);
  if (!found.file) return not_there(wish, found);
  if (!is_file_name(found.file->file)) {
    return trouble(fmt::format("{} names a file `{}`", wish.mirror, found.file->file));
  }
  return *found.file;
}

}  // namespace gopol::engine::net
