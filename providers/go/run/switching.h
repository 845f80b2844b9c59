#pragma once

#include <string>
#include <vector>

#include "providers/go/env/setting.h"
#include "providers/go/env/toolchain_choice.h"
#include "providers/go/run/effective.h"
#include "providers/go/run/go_tree.h"

namespace gopol::providers::go {

/// What the go that is started does before anything else: it may hand over to another toolchain.
/// Fills everything of `out` but how that go was found; adds the layers that it asks.
class Switching {
 public:
  Switching(const engine::Host& host, const shell::LoginPath& login, const dsl::Path& folder)
      : host_(host), login_(login), folder_(folder) {}

  void run(const dsl::Path& program, const dsl::Path& root, const GoTree& tree,
           EffectiveGo& out) const;

 private:
  struct Asked;  ///< what GOTOOLCHAIN, go.work and go.mod say

  void ask_setting(const Variables& variables, Asked& asked, EffectiveGo& out) const;
  void ask_module(const Variables& variables, Asked& asked, EffectiveGo& out) const;
  static void find_decider(const std::string& local, const std::string& chosen, const Asked& asked,
                           EffectiveGo& out);
  void find_toolchain(const Variables& variables, const GoTree& tree, bool path_only,
                      EffectiveGo& out) const;
  void switch_to(const Variables& variables, const GoTree& tree, const ToolchainChoice& choice,
                 const Asked& asked, EffectiveGo& out) const;
  bool asks_modules(const Variables& variables, EffectiveGo& out) const;
  static void refuse_workspace(const Asked& asked, const std::string& place, EffectiveGo& out);
  void check_module(const Variables& variables, const Asked& asked, EffectiveGo& out) const;

  const engine::Host& host_;
  const shell::LoginPath& login_;
  const dsl::Path& folder_;
};

}  // namespace gopol::providers::go
