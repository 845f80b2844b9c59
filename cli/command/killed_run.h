#pragma once

#include <string>

#include "cli/workspace/options.h"
#include "cli/workspace/workspace.h"

namespace gopol::cli {

/// What becomes of an earlier run that was killed.
struct KilledRun {
  enum class Answer {
    none,       ///< there is no such run
    finish,     ///< this run takes over
    take_back,  ///< all that it did
    neither,    ///< nobody said
  };
  Answer answer = Answer::none;
  std::string run;  ///< its name
};

/// Looks for one; asks whoever has to say.
dsl::Result<KilledRun> killed_run(const Options& options, const Workspace& workspace);

}  // namespace gopol::cli
