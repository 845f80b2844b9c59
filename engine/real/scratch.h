#pragma once

#include <string>
#include <utility>

#include "dsl/value/path.h"
#include "dsl/value/result.h"

namespace gopol::engine {

/// A folder of our own below $TMPDIR (or /tmp), gone with its owner.
class Scratch {
 public:
  static dsl::Result<Scratch> make();
  Scratch() = default;
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~Scratch();

  const std::string& path() const { return path_; }

 private:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace gopol::engine
