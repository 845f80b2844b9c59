#pragma once

#include <string>
#include <string_view>

namespace gopol::providers::go {

/// Why go would refuse a word of GOFLAGS that begins with a dash: a name that no command has, a
/// value that does not fit; empty: it takes it. `minor` of the Go, 0 if it is not known: then every
/// name that some release has will do. Source: cmd/go/internal/base (InitGOFLAGS, SetFromGOFLAGS).
std::string flag_refusal(std::string_view word, int minor);

}  // namespace gopol::providers::go
