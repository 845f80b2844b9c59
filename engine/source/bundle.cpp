#include "engine/source/bundle.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/source/blame_json.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::uint64_t bundle_schema = 1;

/// Author, date and message are read anew from what was signed.
std::optional<SignedCommit> commit_in(const Json& json) {
  auto payload = detail::bytes_in(json, "payload"), signature = detail::bytes_in(json, "signature");
  SignedCommit kept;
  kept.commit = detail::text_in(json, "commit");
  if (!payload || !signature || kept.commit.empty()) return {};
  kept.payload = std::move(*payload);
  kept.signature = std::move(*signature);
  auto out = read_commit(kept.commit, object_of(kept));
  return out ? std::optional(std::move(*out)) : std::nullopt;
}

dsl::Diagnostic not_as_verified(const Path& file, const char* what) {
  return dsl::problem("T6008", fmt::format("the verified policy `{}` {}", file.text, what),
                      "`gopol pull` verifies it anew; find out who changed it");
}

}  // namespace

const std::string* Bundle::find(std::string_view path) const {
  for (const BundleFile& file : files) {
    if (file.path == path) return &file.text;
  }
  return nullptr;
}

std::string to_text(const Bundle& bundle) {
  const SignedCommit& commit = bundle.commit;
  Json files = Json::array();
  for (const BundleFile& file : bundle.files) {
    files.push_back({{"path", detail::json_text(file.path)},
                     {"sha256", sha256(file.text)},
                     {"text", detail::json_text(file.text)}});
  }
  const Json json{{"schema", bundle_schema},
                  {"url", detail::json_text(bundle.url)},
                  {"ref", detail::json_text(bundle.ref)},
                  {"signer", detail::json_text(bundle.signer)},
                  {"commit",
                   {{"commit", detail::json_text(commit.commit)},
                    {"payload", detail::json_text(commit.payload)},
                    {"signature", detail::json_text(commit.signature)}}},
                  {"files", std::move(files)},
                  {"blame", detail::json_of(bundle.blame)}};
  return detail::line_of(json) + "\n";
}

std::optional<Bundle> parse_bundle(std::string_view text) {
  const auto json = detail::parse_json(text);
  if (!json || detail::number_in(*json, "schema") != bundle_schema) return {};
  const Json* commit = detail::find(*json, "commit");
  const Json* files = detail::find(*json, "files");
  auto signed_commit = commit != nullptr ? commit_in(*commit) : std::nullopt;
  auto url = detail::bytes_in(*json, "url"), ref = detail::bytes_in(*json, "ref"),
       signer = detail::bytes_in(*json, "signer");
  if (!signed_commit || !url || !ref || !signer || files == nullptr || !files->is_array())
    return {};
  Bundle out{
      std::move(*url), std::move(*ref), std::move(*signed_commit), std::move(*signer), {}, {}};
  for (const Json& file : *files) {
    auto path = detail::bytes_in(file, "path"), content = detail::bytes_in(file, "text");
    if (!path || !content) return {};
    out.files.push_back({std::move(*path), std::move(*content)});
  }
  if (out.files.empty()) return {};
  if (const Json* written = detail::find(*json, "blame")) {
    auto blame = detail::blame_of(*written);
    if (!blame) return {};
    out.blame = std::move(*blame);
  }
  return out;
}

Path bundle_file(const Path& state, std::string_view source_id, std::string_view hash) {
  return state / fmt::format("policies/{}-{}.json", source_id, hash.substr(0, 16));
}

Result<Done> write_bundle(Disk& disk, const Path& file, const std::string& text) {
  if (auto folder = disk.make_folder(file.parent(), {.mode = 0700}); !folder) return folder;
  return disk.replace(file, text, {.mode = 0600});
}

std::vector<Path> orphan_bundles(const Disk& disk, const Path& state, const TrustFloor& floor) {
  constexpr std::size_t name_size = 32 + 1 + 16 + 5;  // as bundle_file makes them
  std::set<std::string> kept;
  for (const auto& [id, entry] : floor.entries())
    kept.insert(bundle_file(state, id, entry.bundle).text);
  std::vector<Path> out;
  const auto names = disk.list(state / "policies");
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const Path file = state / "policies" / name;
    const bool ours = name.size() == name_size && name.ends_with(".json");
    if (ours && !kept.contains(file.text)) out.push_back(file);
  }
  return out;
}

void sweep_bundles(Disk& disk, const Path& state, const TrustFloor& floor) {
  for (const Path& file : orphan_bundles(disk, state, floor)) static_cast<void>(disk.remove(file));
}

Result<Bundle> read_bundle(const Disk& disk, const Path& file, std::string_view hash) {
  const auto text = disk.read(file);
  if (!text) return text.error();
  if (!*text) return not_as_verified(file, "is gone");
  if (sha256(**text) != hash) return not_as_verified(file, "is not what was verified");
  auto bundle = parse_bundle(**text);
  if (!bundle) return not_as_verified(file, "was written by another gopol");
  return std::move(*bundle);
}

}  // namespace gopol::engine
