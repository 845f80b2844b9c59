#pragma once

#include <sys/types.h>

#include <string>

#include "engine/real/descriptor.h"

namespace gopol::engine {

/// In place of an errno: a link came into the way of a path that had none.
inline constexpr int link_came = -2;

/// Of folders that are made on the way, never others' to write, whatever the umask says: nobody
/// asked for them.
inline constexpr mode_t mode_on_the_way = 0755;

/// A name in an open folder. What is changed through it is what was looked at, whoever renames
/// folders meanwhile, or puts links in their places.
class Spot {
 public:
  enum class Missing { fail, make };  ///< what is done of folders that are not there

  /// `path` lies below `root` (empty: the real machine) and has no links, as place() answers it:
  /// from folder to folder, and none is followed. Links in `root` itself are.
  static Spot inside(const std::string& root, const std::string& path, Missing missing);
  /// Of any path: the links of its folder are followed, not its own.
  static Spot at(const std::string& path);

  int error() const { return error_; }  ///< 0, an errno, `link_came`, `not_durable`
  int folder() const { return folder_.number(); }
  const char* name() const { return name_.c_str(); }
  /// 0 or `not_durable`: what happened to names in the folder survives a power cut.
  int flush() const;

 private:
  /// One folder further.
  void enter(const std::string& name, Missing missing);

  Descriptor folder_;
  std::string name_;
  int error_ = 0;
};

}  // namespace gopol::engine
