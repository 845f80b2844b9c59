#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// The value that Go reads for `key` from the text of its env file: the last line that begins with
/// an upper-case letter and holds `=`; verbatim. nothing: no such line (an empty value is a value).
std::optional<std::string> env_file_value(std::string_view text, std::string_view key);

/// The line that gives it, counted from 1.
struct EnvLine {
  std::string value;
  std::size_t number = 0;
};
std::optional<EnvLine> env_file_line(std::string_view text, std::string_view key);

/// One assignment for `go env -w`, or a removal (`-u`) if there is no value.
struct EnvEdit {
  std::string key;
  std::optional<std::string> value;
};

/// The text as `go env -w` and `-u` leave it, to the byte: duplicates keep their last place,
/// existing keys are replaced where they stand, new ones appended, each block of lines sorted;
/// comments and junk stay. Source: cmd/go/internal/envcmd.updateEnvFile.
std::string edit_env_file(std::string_view text, const std::vector<EnvEdit>& edits);

}  // namespace gopol::providers::go
