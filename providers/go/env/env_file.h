#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::providers::go {

/// Which of two lines for one variable counts: in the user's file the last, in `$GOROOT/go.env`,
/// which image builders append to, the first. Source: cmd/go/internal/cfg.readEnvFile.
enum class EnvFile { of_user, of_toolchain };

/// The line that gives a variable, counted from 1.
struct EnvLine {
  std::string value;
  std::size_t number = 0;
};

/// The line that Go reads for `key` from the text of an env file: one that begins with an
/// upper-case letter and holds `=`; the value verbatim. Nothing: no such line (an empty value is a
/// value).
std::optional<EnvLine> env_file_line(std::string_view text, std::string_view key,
                                     EnvFile file = EnvFile::of_user);
std::optional<std::string> env_file_value(std::string_view text, std::string_view key,
                                          EnvFile file = EnvFile::of_user);

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
