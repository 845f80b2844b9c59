#pragma once

#include <set>
#include <string>
#include <string_view>

#include "engine/host/host.h"

namespace gopol::engine {

/// What files held before a change: each content in a file of its own in `old` in the state folder,
/// for its owner alone, named by its SHA-256, so that no content stands twice.
class OldBytes {
 public:
  /// `state` is the real state folder.
  explicit OldBytes(const Path& state) : folder_(state / "old") {}

  /// Durable when it returns. What is there already is not written again.
  Result<Done> put(std::string_view bytes);
  /// nullopt: it is not kept any more, or is damaged.
  std::optional<std::string> get(const std::string& sha256) const;
  /// Removes all others. What cannot be removed stays.
  void keep_only(const std::set<std::string>& names);

 private:
  Path folder_;
};

}  // namespace gopol::engine
