#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::providers::go {

struct EnvVariable;

/// Why go would refuse a value where it uses it: the one answer for policies, for what stands in a
/// file, and for what is about to be written. Go itself checks little of it on writing; a wrong one
/// then breaks every later command. `minor` of the Go that runs; 0: any will do. Nothing: it is
/// taken.
std::optional<dsl::Diagnostic> refusal_of(const EnvVariable& variable, const dsl::Value& value,
                                          int minor);

/// The system and architecture that a build is for, as `linux/amd64`; empty: there is such a pair.
std::string pair_refusal(std::string_view os, std::string_view arch);

// The parts of it, variable by variable. Each takes the value in the type of its variable.

dsl::Result<dsl::Done> valid_line(const dsl::Value& value);         ///< no NUL, LF, CR, VT
dsl::Result<dsl::Done> valid_flags(const dsl::Value& value);        ///< GOFLAGS
dsl::Result<dsl::Done> valid_sumdb(const dsl::Value& value);        ///< GOSUMDB
dsl::Result<dsl::Done> valid_toolchain(const dsl::Value& value);    ///< GOTOOLCHAIN
dsl::Result<dsl::Done> valid_vcs(const dsl::Value& value);          ///< GOVCS
dsl::Result<dsl::Done> valid_experiments(const dsl::Value& value);  ///< GOEXPERIMENT
dsl::Result<dsl::Done> valid_auth(const dsl::Value& value);         ///< GOAUTH
dsl::Result<dsl::Done> valid_patterns(const dsl::Value& value);     ///< GOPRIVATE and its like
dsl::Result<dsl::Done> valid_gopath(const dsl::Value& value);       ///< GOPATH: absolute entries
dsl::Result<dsl::Done> valid_compiler(const dsl::Value& value);     ///< CC, CXX
dsl::Result<dsl::Done> valid_arm64(const dsl::Value& value);        ///< GOARM64
dsl::Result<dsl::Done> valid_fips140(const dsl::Value& value);      ///< GOFIPS140
dsl::Result<dsl::Done> valid_os(const dsl::Value& value);           ///< GOOS: one of some pair
dsl::Result<dsl::Done> valid_arch(const dsl::Value& value);         ///< GOARCH
dsl::Result<dsl::Done> valid_workspace(const dsl::Value& value);    ///< GOWORK
dsl::Result<dsl::Done> valid_arm(const dsl::Value& value);          ///< GOARM

}  // namespace gopol::providers::go
