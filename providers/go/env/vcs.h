#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::go {

struct VcsRule {
  std::string pattern;
  std::vector<std::string> allowed;
};

/// The user's rules of a GOVCS value, in order. Errors: cmd/go's own wording.
/// Source: cmd/go/internal/vcs.parseGOVCS.
dsl::Result<std::vector<VcsRule>> parse_vcs(std::string_view text);

/// The rule that decides about a module: the first that matches, the built-in
/// `private:all,public:git|hg` after the user's.
VcsRule deciding_rule(const std::vector<VcsRule>& rules, std::string_view module_path,
                      bool is_private);

/// Whether `vcs` may fetch the module.
bool allows_vcs(const std::vector<VcsRule>& rules, std::string_view module_path, bool is_private,
                std::string_view vcs);

}  // namespace gopol::providers::go
