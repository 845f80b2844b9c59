#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/host/host.h"
#include "engine/source/source_identity.h"

namespace gopol::engine {

/// How a policy was verified.
enum class Verified : std::uint8_t {
  unknown,  ///< never, or a gopol that knows another way did it
  unasked,  ///< nobody asked for a signature
  ssh,      ///< by a list of SSH keys
  gpg,      ///< by a keyring
  pinned,   ///< by the one key that was pinned
};

/// What is known of one source since it was last verified: below this it may not go.
struct FloorEntry {
  using Time = std::chrono::system_clock::time_point;

  std::string url, path;   ///< as gopol.toml spelled them
  std::string repository;  ///< SourceIdentity::resolved
  std::string policy;      ///< the policy's path, also if it was found by itself
  std::string name;        ///< that it gives itself in its first line
  std::string ref;         ///< `branch main`, `tag v1`, `commit …`; empty: the default branch
  std::string commit;      ///< empty: only a key is pinned yet
  Time commit_time;
  std::uint64_t epoch = 0;
  Verified how = Verified::unknown;
  std::string keys;        ///< SHA-256 of the keys it was verified with
  std::string signer;      ///< empty: nobody
  std::string signer_key;  ///< its fingerprint
  std::string bundle;      ///< SHA-256 of the bundle
  Time verified;           ///< when
  Time checked;            ///< when the server last said that this is what it has
  std::string pinned;      ///< a line of allowed_signers, from `gopol source trust`; empty: none
  std::string pinned_key;  ///< its fingerprint
  struct Refusal {
    std::string code, message, help;
    Time at;
  };
  /// Why the last pull did not pass; until one does, nothing of the source is used.
  std::optional<Refusal> refused = {};
};

/// What an entry of a repository and a path in it is called.
std::string source_id(std::string_view url, std::string_view path);

/// The trust floor: what was verified, and the latest time that was seen. One file in the state
/// folder, for its owner alone.
class TrustFloor {
 public:
  using Time = FloorEntry::Time;

  /// A missing file is an empty floor; a broken one is T6008.
  static Result<TrustFloor> load(const Disk& disk, const Path& file);
  /// Nothing: it is none, or of another gopol.
  static std::optional<TrustFloor> parse(std::string_view text);

  const FloorEntry* find(const std::string& id) const;
  const std::map<std::string, FloorEntry>& entries() const { return sources_; }
  /// The id of a source's entry, however its address and path were spelled when it was kept; of a
  /// source that was never kept, the id that it will have.
  std::string id_of(const SourceIdentity& source) const;
  /// The policy of the same repository and `ref` that was verified last: a new one of them may not
  /// be older either. nullptr: there is none.
  const FloorEntry* beside(const SourceIdentity& source, std::string_view ref) const;
  void put(const std::string& id, FloorEntry entry);
  /// T6010 if `now` lies a day or more before what was seen already: nobody's key expires, and no
  /// policy gets old, on a clock that was set back.
  Result<Done> check_clock(Time now) const;
  void see(Time now);

  Result<Done> save(Disk& disk, const Path& file) const;
  std::string text() const;

 private:
  std::map<std::string, FloorEntry> sources_;
  Time latest_{};
};

}  // namespace gopol::engine
