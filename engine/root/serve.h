#pragma once

#include "engine/root/line_pipe.h"
#include "engine/root/message.h"

namespace gopol::engine {

/// What was agreed to, and may be made here: each once, in its order, and only while it still is
/// what was agreed. Borrows all three.
class AgreedChanges {
 public:
  AgreedChanges(const RootTask& task, const Providers& providers, Host& host)
      : task_(task), providers_(providers), maker_(maker_here(providers, host)), host_(host) {}

  /// Plans the change anew. Errors (R4006): its slots are not what they were, or it would write
  /// something else; R4002: it was not agreed to, or its turn is past; nobody here knows its
  /// family.
  Result<Ready> look(std::size_t number);
  /// Errors (R4002): nobody looked at it just now.
  Result<Made> make(std::size_t number);
  /// Errors (R4006): the files are not as the change left them; R4002: it was not agreed to.
  Result<Done> put_back(std::size_t number);

 private:
  Result<Done> check_slots(const Change& change, const Provider& provider) const;

  const RootTask& task_;
  const Providers& providers_;
  const std::unique_ptr<Maker> maker_;
  const Host& host_;
  RunWrites writes_;
  std::size_t next_ = 0;
  std::optional<Ready> looked_;  ///< of the change before `next_`
};

/// Answers until it is told to end or nobody is left to ask: then what is at work is stopped, a
/// change of the disk only when it is whole.
void serve_root(AgreedChanges& changes, LinePipe& pipe);

}  // namespace gopol::engine
