#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/workspace/rehearse/consequences.h"
#include "cli/workspace/workspace.h"
#include "providers/go/module/module_route.h"
#include "providers/go/run/effective.h"
#include "providers/lint/pairs.h"

namespace gopol::cli {

/// What is asked of the machine and of its copy alike.
struct Questions {
  std::vector<dsl::Path> folders;             ///< in which a Go should run; the home first
  bool all_folders = true;                    ///< false: there are more
  std::map<std::string, dsl::Path> programs;  ///< that a login shell finds now, and where
  providers::go::RouteKnowledge routes;       ///< private: of the policy, and of the machine now
  std::vector<providers::lint::BadPair> bad_pairs = {};  ///< of a Mac, the serious ones
  std::vector<std::string> families = {};                ///< whose health is looked at
};
Questions questions_for(const dsl::Policy& policy, const engine::Plan& plan,
                        const engine::World& world);

/// The Go that runs in each folder, in a terminal, and the programs beside it.
using RunningGos = std::vector<providers::go::EffectiveGo>;  ///< one a folder
RunningGos ask_go(const Questions& questions, const engine::Host& host, Answers& out);

/// What the Go of the home makes of its settings.
void ask_settings(const RunningGos& running, const engine::Host& host, Answers& out);

/// Who is told of private modules, and whether modules can be fetched at all.
void ask_modules(const Questions& questions, const RunningGos& running, const engine::Host& host,
                 Answers& out);

/// What `doctor` calls an error, and what is known of these Gos on this macOS.
void ask_health(const Questions& questions, const RunningGos& running, const engine::World& world,
                Answers& out);

}  // namespace gopol::cli
