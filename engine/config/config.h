#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "dsl/value/source.h"
#include "engine/host/host.h"

namespace gopol::engine {

/// One `[[source]]`: a repository that policies come from.
struct ConfiguredSource {
  std::string url;
  std::string branch;       ///< empty: the repository's own default
  std::string tag, commit;  ///< in place of a branch; of a commit all 40 digits
  std::string path;         ///< of the policy inside it; empty: the one `*.policy` at the top
  std::string name;         ///< that the policy must give itself; empty: any
  Path trust;               ///< the file of keys that may sign; empty: none set
  Path revoked;             ///< the file of keys that may no more; empty: none
  std::chrono::seconds max_age{std::chrono::hours(24 * 30)};  ///< without word from the server
  bool unsigned_accepted = false;  ///< `trust = "none"`: use it although nobody signed it
  bool system_wide = false;
  dsl::SourceSpan span;
};

/// A label's value. Waivers and sealed rules count only what the system-wide file says.
struct ConfiguredLabel {
  std::string value;
  bool system_wide = false;
  dsl::SourceSpan span;
};

/// gopol.toml: the user's and the machine's, met. Where both set a key the system-wide one holds.
struct Config {
  std::vector<ConfiguredSource> sources;  ///< the system-wide ones first
  std::map<std::string, ConfiguredLabel, std::less<>> labels;
  struct Download {
    std::string go = "https://go.dev/dl";
    Path ca;  ///< certificates to trust besides the system's
    std::string proxy;
    std::chrono::seconds patience{30};  ///< with a server that says nothing
    bool trust_index = false;
  } download;
  std::chrono::seconds keep_old{std::chrono::hours(24 * 90)};  ///< `[journal] keep`
  struct Plugins {
    Path folder;  ///< empty: `providers.d` beside the configuration
    std::chrono::seconds deadline{10};
  } providers;
  std::vector<Path> files;  ///< those that were there
};

/// Missing files are fine. $GOPOL_CONFIG names a file to read in place of the user's.
/// Errors carry their place in `sources`; T6013: somebody else could write them, or the `ca` that
/// they name.
Result<Config> load_config(const Host& host, dsl::SourceMap& sources);

/// The folders of DESIGN.md section 3. On Linux they follow $XDG_*, if that is an absolute path.
Path config_folder(const System& system);
Path system_config_folder(const System& system);
Path state_folder(const System& system);
Path cache_folder(const System& system);

}  // namespace gopol::engine
