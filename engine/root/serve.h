#pragma once

#include <set>
#include <string>

#include "engine/root/line_pipe.h"
#include "engine/root/message.h"

namespace gopol::engine {

/// What was agreed to, and may be made here: each once, in its order, and only while it still is
/// what was agreed. Borrows all three.
class AgreedChanges {
 public:
  AgreedChanges(const RootTask& task, const Providers& providers, Host& host);

  /// Plans the change anew. Errors (R4006): its slots are not what they were, or it would write
  /// something else; R4002: it was not agreed to, or its turn is past; nobody here knows its
  /// family.
  Result<Ready> look(std::size_t number);
  /// What was answered for the change that was just looked at, with the files that `name` and a
  /// number keep now. Errors (R4002): nobody looked at it just now; that is no name of a file.
  Result<Ready> keep(std::size_t number, const std::string& name);
  /// Errors (R4002): nobody looked at it just now.
  Result<Made> make(std::size_t number);
  /// Errors (R4006): the files are not as the change left them; R4002: it was not agreed to.
  Result<Done> put_back(std::size_t number);
  void forget_kept() { forget_kept_by_root({}, host_); }

 private:
  Result<Done> check_slots(const Change& change, const Provider& provider) const;

  const RootTask& task_;
  const Providers& providers_;
  const std::unique_ptr<Maker> maker_;
  Host& host_;
  RunWrites writes_;
  std::set<std::string> kept_;  ///< names of what root keeps
  std::size_t next_ = 0;
  std::optional<Ready> looked_;  ///< of the change before `next_`
};

/// Answers until it is told to end or nobody is left to ask: then what is at work is stopped, a
/// change of the disk only when it is whole.
void serve_root(AgreedChanges& changes, LinePipe& pipe);

}  // namespace gopol::engine
