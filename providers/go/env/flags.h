#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// Splits as Go splits GOFLAGS, CC and CGO_*FLAGS: at space, tab, LF and CR; a word that begins
/// with a quote runs to the same quote, without escapes. Error: an unterminated quote. Source:
/// cmd/internal/quoted.Split.
dsl::Result<std::vector<std::string>> split_quoted(std::string_view text);

/// The inverse; nothing can be written that Go would read otherwise. Error: a word that holds both
/// quotes. Source: cmd/internal/quoted.Join.
dsl::Result<std::string> join_quoted(const std::vector<std::string>& words);

/// Every word of GOFLAGS begins with `-` or `--` and a name that some command of go has; `minor` of
/// the Go, 0 if it is not known. Source: cmd/go/internal/base.InitGOFLAGS.
dsl::Result<dsl::Done> check_flags(const std::vector<std::string>& words, int minor);

}  // namespace gopol::providers::go
