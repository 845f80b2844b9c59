#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "providers/brew/prefix.h"

namespace gopol::providers::brew {

/// A formula as a prefix has it. All of it is read from files: what brew itself would say.
struct Formula {
  std::vector<dsl::Version> kegs;       ///< installed, oldest first
  std::optional<dsl::Version> active;   ///< the linked one, else the one in opt, else the highest
  std::optional<dsl::Version> linked;   ///< its programs are in PREFIX/bin; not if keg-only
  bool pinned = false;                  ///< `brew upgrade` leaves it alone
  std::string other_name;               ///< it is not installed, and names this formula by an alias
  dsl::Value trouble = {};              ///< Unknown: something cannot be read
  std::vector<std::string> findings;    ///< a pin that leads nowhere
  std::vector<std::string> dead_links;  ///< of brew's, to a keg that is gone
};

/// Whether a policy may say it: `go@1.21`, `user/tap/tool`. Anything else could be a path or an
/// option for brew.
bool is_formula_name(std::string_view name);

/// `name` may be a full one: homebrew/core/go, user/tap/tool.
Formula read_formula(const Prefix& prefix, std::string_view name, const engine::Host& host);

/// Names of all that is installed.
std::vector<std::string> installed_formulae(const Prefix& prefix, const engine::Host& host);

/// The last part of a full name: what folders are called.
std::string short_name(std::string_view name);

/// What INSTALL_RECEIPT.json says of a keg. Every part may be missing: brew writes other ones each
/// year. What it was built on is the bottle's, not this machine's.
struct KegReceipt {
  std::optional<std::string> tap, arch;
  std::optional<bool> on_request, from_bottle;
  dsl::Value trouble = {};  ///< Unknown: it cannot be read, or is no receipt
};
KegReceipt parse_receipt(std::string_view json);
KegReceipt read_receipt(const Prefix& prefix, std::string_view name, const dsl::Version& keg,
                        const engine::Host& host);

/// The bottle that brew kept of a keg, in this user's cache; nothing if it kept none.
std::optional<dsl::Path> kept_bottle(std::string_view name, const dsl::Version& keg,
                                     const engine::Host& host);

}  // namespace gopol::providers::brew
