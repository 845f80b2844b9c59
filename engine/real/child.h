#pragma once

#include <string>
#include <vector>

#include "engine/real/descriptor.h"
#include "engine/real/programs.h"

namespace gopol::engine {

/// Our ends of the pipes to a child's standard streams.
struct ChildEnds {
  Descriptor *in, *out, *err;
  int kept = -1;  ///< a descriptor of ours that the child keeps open, above 2; -1: none
};

/// A started program and its process group; both are gone when this is.
class Child {
 public:
  Child() = default;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (number_ > 0) finish(true);
  }

  /// 0 or an errno.
  int start(const std::string& file, const std::vector<std::string>& argv,
            const Environment& environment, const ChildEnds& ends);
  /// It may be a zombie still: its number, and that of its group, stays ours until `finish`.
  bool has_ended() const;
  /// Stops what is left of the group, politely first if `running`; its exit code, or 128 + signal.
  int finish(bool running);

 private:
  int number_ = -1;
};

/// What a program starts, and what that starts, also after it left its process group and session
/// and whoever started it is gone. Linux hands such orphans to us; macOS tells nobody whose they
/// were, so there nothing is found.
class Descendants {
 public:
  /// Before the program is started: what we have by now is none of its.
  Descendants();
  /// Kills them. The program itself was waited for: they are our children now.
  void end();

 private:
  std::vector<int> before_;
};

}  // namespace gopol::engine
