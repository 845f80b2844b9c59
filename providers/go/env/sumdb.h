#pragma once

#include <string>
#include <string_view>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// The name of the checksum database that a GOSUMDB value selects. Errors: `off`, and cmd/go's own:
/// too many fields, a malformed key, a key whose hash is wrong.
/// Source: cmd/go/internal/modfetch.dbDial, golang.org/x/mod/sumdb/note.NewVerifier.
dsl::Result<std::string> sumdb_name(std::string_view value);

/// Whether a policy may ask for the value: what dbDial takes, and `off`.
dsl::Result<dsl::Done> check_sumdb(std::string_view value);

}  // namespace gopol::providers::go
