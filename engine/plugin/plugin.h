#pragma once

#include <chrono>
#include <memory>

#include "engine/plan/provider.h"

namespace gopol::engine {

/// The programs of `folder` as providers, by name; a missing folder has none. Each is started once
/// for its schema. One that may be written by others, or whose folder may, is refused; so is one
/// that fails, hangs past the deadline, talks garbage or too much: the error (R4002) names it, the
/// others load.
Providers load_plugins(const Path& folder, const Host& host, std::chrono::milliseconds deadline,
                       dsl::Diagnostics& errors);

/// Whether it is a program that could be a plugin.
bool is_plugin(const Path& path, const Disk& disk);
/// One of them; `said`, if given, gets what it answered for its schema.
Result<std::unique_ptr<Provider>> load_plugin(const Path& program, const Host& host,
                                              std::chrono::milliseconds deadline,
                                              std::string* said = nullptr);

}  // namespace gopol::engine
