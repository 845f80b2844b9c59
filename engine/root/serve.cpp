#include "engine/root/serve.h"

#include <pthread.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace gopol::engine {
namespace {

using detail::Json;

/// Listens while changes are made: that nobody is left to ask is heard at once.
class Requests {
 public:
  explicit Requests(LinePipe& pipe) : pipe_(pipe) {
    // Signals are for the thread that works.
    sigset_t all, before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    listener_ = std::thread([this] { listen(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  Requests(const Requests&) = delete;
  Requests& operator=(const Requests&) = delete;
  ~Requests() { listener_.join(); }

  /// Waits; nullopt: there will be no more.
  std::optional<Json> next() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !come_.empty(); });
    if (come_.empty()) return {};
    works_ = true;
    Json out = std::move(come_.front());
    come_.pop_front();
    return out;
  }

  /// From here on there is nothing to stop, until the next one.
  void is_done() {
    const std::lock_guard<std::mutex> lock(mutex_);
    works_ = false;
  }

 private:
  void listen() {
    while (auto line = pipe_.read()) {
      if (detail::flag_in(*line, "end")) return end(false);
      const std::lock_guard<std::mutex> lock(mutex_);
      come_.push_back(std::move(*line));
      changed_.notify_one();
    }
    end(true);
  }

  void end(bool abandoned) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    changed_.notify_one();
    if (abandoned && works_) ::kill(::getpid(), SIGTERM);
  }

  LinePipe& pipe_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Json> come_;
  bool ended_ = false, works_ = false;
  std::thread listener_;
};

template <class T>
Json answer(const char* name, const Result<T>& result) {
  if (!result) return {{"error", detail::json_of(result.error())}};
  return {{name, detail::json_of(*result)}};
}

Json answer_to(const Json& asked, AgreedChanges& changes) {
  if (detail::find(asked, "look") != nullptr)
    return answer("ready", changes.look(detail::number_in(asked, "look")));
  if (detail::find(asked, "keep") != nullptr)
    return answer("ready",
                  changes.keep(detail::number_in(asked, "keep"), detail::text_in(asked, "as")));
  if (detail::find(asked, "make") != nullptr)
    return answer("made", changes.make(detail::number_in(asked, "make")));
  if (detail::find(asked, "put_back") != nullptr) {
    const auto done = changes.put_back(detail::number_in(asked, "put_back"));
    if (!done) return {{"error", detail::json_of(done.error())}};
    return {{"done", true}};
  }
  if (detail::flag_in(asked, "forget_kept")) {
    changes.forget_kept();
    return {{"done", true}};
  }
  return {{"error", detail::json_of(dsl::Diagnostics{
                        dsl::problem("R4002", "root was asked for what it does not know")})}};
}

}  // namespace

void serve_root(AgreedChanges& changes, LinePipe& pipe) {
  Requests requests(pipe);
  while (const auto asked = requests.next()) {
    const Json answer = answer_to(*asked, changes);
    requests.is_done();
    if (!pipe.write(answer)) return;
  }
}

}  // namespace gopol::engine
