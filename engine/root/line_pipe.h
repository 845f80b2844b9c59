#pragma once

#include <csignal>
#include <optional>
#include <string>

#include "engine/encoding/json.h"
#include "engine/real/descriptor.h"

namespace gopol::engine {

/// Two pipes, one for each direction, of JSON documents a line.
class LinePipe {
 public:
  LinePipe(Descriptor in, Descriptor out) : in_(std::move(in)), out_(std::move(out)) {}
  /// Waits. nullopt: it is closed, or what came is no such line.
  std::optional<detail::Json> read();
  bool write(const detail::Json& json);  ///< false: nobody listens any more
  void close();

 private:
  Descriptor in_, out_;
  std::string come_;  ///< and not yet handed on
};

/// As long as it lives, a pipe that nobody reads is an answer, not our end.
class QuietPipes {
 public:
  QuietPipes();
  QuietPipes(const QuietPipes&) = delete;
  QuietPipes& operator=(const QuietPipes&) = delete;
  ~QuietPipes();

 private:
  struct sigaction before_ {};
};

}  // namespace gopol::engine
