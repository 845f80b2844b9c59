#pragma once

#include <string>
#include <string_view>

namespace gopol::providers::go {

/// Why `go env -w ARGUMENT` of Go 1.`minor` on linux/amd64 would refuse, in its words; empty if it
/// would not. gopol writes the file itself and need not obey, but says when a go of that age would
/// disagree. Source: cmd/go/internal/envcmd.checkEnvWrite and checkBuildConfig,
/// internal/cfg.KnownEnv.
std::string env_write_refusal(std::string_view argument, int minor);

/// Whether a Go 1.`minor` knows a variable of `go env`.
bool knows_variable(std::string_view name, int minor);

}  // namespace gopol::providers::go
