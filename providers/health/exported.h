#pragma once

#include <vector>

#include "dsl/value/path.h"
#include "engine/host/host.h"
#include "engine/plan/facts.h"
#include "providers/health/health.h"

namespace gopol::providers {

/// Whether a Go lies in a folder, as go asks it of GOROOT.
bool holds_go(const engine::Host& host, const dsl::Path& root);

/// Variables that files of the shell export and with which go does not run: a GOROOT where no Go
/// is, a GOPATH or GOBIN that is not absolute. Source: go/src/cmd/go/main.go.
std::vector<Ailment> exported_ailments(const engine::Facts& facts, const engine::Host& host);

}  // namespace gopol::providers
