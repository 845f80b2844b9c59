#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/policy/schema.h"
#include "dsl/value/result.h"

namespace gopol::providers::go {

/// How the text of a variable in an env file becomes a value.
enum class EnvForm { plain, word, path, commas, flags, chain };

/// One variable of `go env`.
struct EnvVariable {
  std::string_view name;
  EnvForm form;
  std::string_view
      words;  ///< of a word: its list, blank-separated; of a text: words that need no quotes
  std::string_view built_in;  ///< the default that neither file needs to say
  std::string_view doc;
  dsl::Result<dsl::Done> (*validate)(const dsl::Value&);
};

const std::vector<EnvVariable>& env_variables();  ///< sorted by name
const EnvVariable* find_env_variable(std::string_view name);

dsl::Type type_of(const EnvVariable& variable);

/// GOFLAGS with `-toolexec`, GOAUTH with a command, GOCACHEPROG, compilers: code that runs on every
/// build.
bool runs_code(const EnvVariable& variable, const dsl::Value& value);

/// The value that a text means; a text that the type cannot hold stays a text, unequal to all that
/// can.
dsl::Value value_of(const EnvVariable& variable, std::string_view text);

/// The text to write. Errors: a value that no line can hold.
dsl::Result<std::string> text_of(const EnvVariable& variable, const dsl::Value& value);

}  // namespace gopol::providers::go
