#include "providers/go/install/downloads.h"

#include <algorithm>

#include "dsl/value/go_version.h"
#include "engine/encoding/json.h"
#include "engine/real/real_disk.h"

namespace gopol::providers::go {
namespace {

using engine::detail::Json;

void add_archives(const Json& item, std::string_view os, std::string_view arch,
                  std::vector<Release>& out) {
  const Json* files = engine::detail::find(item, "files");
  if (files == nullptr || !files->is_array()) return;
  const Json* stable = engine::detail::find(item, "stable");
  for (const Json& file : *files) {
    if (engine::detail::text_in(file, "os") != os ||
        engine::detail::text_in(file, "arch") != arch ||
        engine::detail::text_in(file, "kind") != "archive") {
      continue;
    }
    out.push_back({engine::detail::text_in(item, "version"),
                   engine::detail::text_in(file, "sha256"),
                   stable == nullptr || !stable->is_boolean() || stable->get<bool>()});
  }
}

/// Whether `a` is the better choice.
bool is_better(const Release& a, const Release& b) {
  if (a.stable != b.stable) return a.stable;
  return dsl::go_version::compare_names(a.name, b.name) > 0;
}

}  // namespace

dsl::Result<std::vector<Release>> read_downloads(const dsl::Path& share, std::string_view os,
                                                 std::string_view arch) {
  const dsl::Path file = share / "downloads.json";
  if (share.empty()) return std::vector<Release>{};
  const auto text = engine::real_disk()->read(file);
  if (!text) return text.error();
  if (!*text) return std::vector<Release>{};
  const auto index = engine::detail::parse_json(**text);
  if (!index || !index->is_array()) {
    return dsl::problem("R4002", "`" + file.text + "` is no index of releases",
                        "install gopol again");
  }
  std::vector<Release> out;
  for (const Json& item : *index) add_archives(item, os, arch, out);
  return out;
}

const Release* find_release(const std::vector<Release>& releases, std::string_view name) {
  const auto at = std::find_if(releases.begin(), releases.end(),
                               [&](const Release& one) { return one.name == name; });
  return at == releases.end() ? nullptr : &*at;
}

std::optional<std::string> newest_allowed(const std::vector<Release>& releases,
                                          const dsl::Allowed& allowed) {
  const Release* best = nullptr;
  for (const Release& release : releases) {
    const std::string bare = dsl::go_version::from_toolchain(release.name);
    if (bare.empty() || !dsl::contains(allowed, dsl::Version{bare, dsl::VersionScheme::go}))
      continue;
    if (best == nullptr || is_better(release, *best)) best = &release;
  }
  if (best == nullptr) return {};
  return dsl::go_version::from_toolchain(best->name);
}

}  // namespace gopol::providers::go
