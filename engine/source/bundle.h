#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"
#include "engine/source/policy_pull.h"
#include "engine/source/trust_floor.h"

namespace gopol::engine {

/// One file of the commit: the policy, what it imports, what its rules copy from.
struct BundleFile {
  std::string path, text;
  bool operator==(const BundleFile&) const = default;
};

/// A policy as it was verified: all that planning needs, so that neither git nor the network is
/// asked again. The first file is the policy itself.
struct Bundle {
  std::string url;
  std::string ref;      ///< `branch main`, `tag v1`, `commit …`; empty: the default branch
  SignedCommit commit;  ///< kept whole, signature included: it can be verified again
  std::string signer;   ///< empty: nobody signed it, and that is accepted
  std::vector<BundleFile> files;
  Blame blame = {};  ///< of those that are policies; empty: an older gopol pulled it, or git could
                     ///< not tell

  const std::string* find(std::string_view path) const;
  bool operator==(const Bundle&) const = default;
};

/// The same bundle gives the same bytes.
std::string to_text(const Bundle& bundle);
std::optional<Bundle> parse_bundle(std::string_view text);

/// A bundle lies in the state folder under a name made of its source and its content, for its owner
/// alone (0600). `hash` is the SHA-256 of its text.
Path bundle_file(const Path& state, std::string_view source_id, std::string_view hash);
Result<Done> write_bundle(Disk& disk, const Path& file, const std::string& text);
/// Those that no entry of the floor names: a killed pull left them, or one that is at work.
std::vector<Path> orphan_bundles(const Disk& disk, const Path& state, const TrustFloor& floor);
/// Takes them away. Only under the lock; what cannot be removed stays, in nobody's way.
void sweep_bundles(Disk& disk, const Path& state, const TrustFloor& floor);
/// Reads it once, and only if it has that hash. Errors: T6008.
Result<Bundle> read_bundle(const Disk& disk, const Path& file, std::string_view hash);

}  // namespace gopol::engine
