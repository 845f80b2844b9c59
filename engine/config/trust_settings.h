#pragma once

#include <string_view>

namespace gopol::engine {

/// A key of `[[source]]` that trust hangs on, and where it has an effect. The one table: gopol.toml
/// with a key that would do nothing is refused (C5003), and the tests try each of its cells.
struct TrustSetting {
  std::string_view name;
  bool nobody;  ///< with `trust = "none"`
  bool pinned;  ///< without `trust`: the key that `gopol source trust` pinned
  bool ssh;     ///< with a file of ssh keys
  bool gpg;     ///< with exported keys of GPG
  bool commit;  ///< of a source that names a commit
  std::string_view instead;
};

inline constexpr TrustSetting trust_settings[] = {
    {"trust", true, true, true, true, true, ""},
    {"revoked", false, true, true, true, true, "name who may sign: `trust = \"FILE\"`"},
    {"name", true, true, true, true, true, ""},
    {"max_age", true, true, true, true, false, "a commit gets no older: remove it"},
};

}  // namespace gopol::engine
