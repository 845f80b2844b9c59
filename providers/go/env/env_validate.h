#pragma once

#include "dsl/value/result.h"
#include "dsl/value/value.h"

namespace gopol::providers::go {

// What a policy may ask for, variable by variable. Go itself checks few of these on writing; a
// wrong one then breaks every later command. Each takes the value in the type of its variable.

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

}  // namespace gopol::providers::go
