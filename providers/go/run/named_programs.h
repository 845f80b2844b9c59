#pragma once

#include <string>
#include <vector>

#include "providers/go/env/setting.h"

namespace gopol::providers::go {

/// A program that go is told to start: with each tool of a build, for a password, for its cache.
struct NamedProgram {
  std::string variable;  ///< GOFLAGS, GOAUTH, GOCACHEPROG
  std::string program;   ///< as it is written
  bool unknown = false;  ///< whether PATH has it cannot be told
};

/// Those that a login shell's go would not find, as far as it looks at their variables at all.
std::vector<NamedProgram> missing_programs(const engine::Host& host, const shell::LoginPath& login,
                                           const Variables& variables);
/// The same of the go that runs in the user's home; what is not known is left out.
std::vector<NamedProgram> missing_programs(const engine::Host& host);

}  // namespace gopol::providers::go
