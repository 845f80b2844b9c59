#pragma once

#include "cli/workspace/options.h"
#include "cli/workspace/pull.h"

namespace gopol::cli {

/// The source that the second argument names: by its address, or none if there is only one. Errors
/// (P0001): none is configured, or several fit.
dsl::Result<const engine::ConfiguredSource*> named_source(const Options& options,
                                                          const Workspace& workspace);

/// What the source has now, whatever was trusted before; where the configuration names no keys, the
/// key that signed becomes the one that must. Nothing is kept. Errors: those of pull_source and of
/// judge.
dsl::Result<SourcePull> pull_to_trust(const engine::ConfiguredSource& source,
                                      const PolicyStore& store, const Workspace& workspace);

/// Whether the person agrees to what was pulled: by `--key`, by `--yes`, or at a terminal. Errors:
/// T6005 if another key signed; P0001 without a terminal to ask at.
dsl::Result<bool> accepted(const SourcePull& pull, const Options& options);

/// Keeps what was agreed to, beside what is here of the other sources. Errors: those of keep.
dsl::Result<dsl::Done> keep_trusted(SourcePull pull, PolicyStore& store, Workspace& workspace,
                                    dsl::Diagnostics& warnings);

}  // namespace gopol::cli
