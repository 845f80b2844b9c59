#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/policy/allowed.h"
#include "dsl/value/path.h"
#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::providers::lint {

/// A release of Go; the newest first.
struct GoRelease {
  std::string version;  ///< bare: 1.22.2
  dsl::Date date;
  bool security = false;
};

/// The oldest macOS that a minor of Go (1.22) runs on.
struct GoFloor {
  std::string go, macos;
};

struct MacRelease {
  std::string version, name;
  std::string end;       ///< the first version that is no more of it: 15 for 14
  bool updates = false;  ///< still gets security updates
};

/// Versions in words: `<1.20.9; >=1.21.0 <1.21.2`, `15.*`, `1.22.4`; empty: any.
struct Versions {
  std::vector<dsl::Range> ranges;
  bool any() const { return ranges.empty(); }
  bool holds(const dsl::Version& version) const;
};
/// Nothing if the text is no such list.
std::optional<Versions> parse_versions(std::string_view text, dsl::VersionScheme scheme);

/// A Go release and a macOS or Xcode that do not go together.
struct BadPair {
  std::string id, when, symptom, workaround, issue;
  Versions go, macos, xcode;
  std::vector<std::string> unless;  ///< a part of GOFLAGS that mends it
  bool is_minor = false;            ///< one may live with it
};

/// A setting that repeats a claim which is not true.
struct Myth {
  std::string claim, family, key, attribute, value, word, truth, help;
  std::string mend;  ///< on a machine; empty: as `help` says
};

/// What is known about releases and what goes together: data with a date, installed with gopol.
struct Knowledge {
  std::vector<GoRelease> go;
  std::vector<GoFloor> floors;
  std::vector<MacRelease> macs;  ///< oldest first
  std::vector<BadPair> bad_pairs;
  std::vector<std::string> public_proxies;  ///< hosts
  std::vector<std::string> public_hosts;    ///< of modules that everybody uses
  std::vector<Myth> myths;
};

/// Reads share/knowledge; a file that is not there says nothing. Errors: R4002 for a broken one.
dsl::Result<Knowledge> read_knowledge(const dsl::Path& share);
/// The one table of them.
dsl::Result<std::vector<BadPair>> read_bad_pairs(const dsl::Path& share);

}  // namespace gopol::providers::lint
