#include "engine/real/run_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>
#include <optional>

#include "engine/host/intel.h"
#include "engine/real/child.h"
#include "engine/real/descriptor.h"
#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds slice{20};       // how late we may learn that a program ended
constexpr milliseconds after_end{100};  // for what a left-over child still writes
constexpr std::size_t read_step = 1 << 16;

struct Stream {
  Descriptor end;
  std::string bytes;
};

/// Everything about one running program.
struct Talk {
  const Command& command;
  Stream out, err;
  Descriptor in;
  std::string_view input;
  bool flooded = false;
};

int kept_while_acting = -1;  // one a process, as the lock that it is of

volatile std::sig_atomic_t asked_to_end = 0;  // the signal; what a handler may touch

extern "C" void gopol_note_end(int number) { asked_to_end = number; }

/// While a program runs, a signal that would end us ends it first: what it does is done under our
/// lock. Then the signal has its way. What we were told to ignore stays ignored.
class EndAfterChild {
 public:
  EndAfterChild() {
    struct sigaction note {};
    note.sa_handler = gopol_note_end;
    sigemptyset(&note.sa_mask);
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
      ::sigaction(numbers[i], nullptr, &before_[i]);
      if (before_[i].sa_handler == SIG_DFL) ::sigaction(numbers[i], &note, nullptr);
    }
  }
  EndAfterChild(const EndAfterChild&) = delete;
  EndAfterChild& operator=(const EndAfterChild&) = delete;
  ~EndAfterChild() {
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
      if (before_[i].sa_handler == SIG_DFL) ::sigaction(numbers[i], &before_[i], nullptr);
    }
    if (asked_to_end != 0) ::raise(asked_to_end);
  }

 private:
  static constexpr int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
  struct sigaction before_[std::size(numbers)]{};
};

/// Writing to a program that has closed its input raises SIGPIPE, which would end us. It is held
/// back for this thread and taken off again.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigemptyset(&pending);
    ::sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;
  ~NoSigpipe() {
    sigset_t pending;
    sigemptyset(&pending);
    ::sigpending(&pending);
    int taken = 0;
    if (!was_pending_ && sigismember(&pending, SIGPIPE) == 1) ::sigwait(&pipe_, &taken);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

void feed(Talk& talk) {
  const ssize_t count = ::write(talk.in.number(), talk.input.data(), talk.input.size());
  if (count > 0) talk.input.remove_prefix(static_cast<std::size_t>(count));
  const bool closed =
      count < 0 && errno != EAGAIN && errno != EINTR;  // it need not read what we say
  if (talk.input.empty() || closed) talk.in.close();
}

/// Hands on whole lines, keeps the rest.
void give_lines(Talk& talk) {
  std::string& bytes = talk.out.bytes;
  std::size_t from = 0;
  for (std::size_t end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', from)) {
    talk.command.on_line(talk.command.context, std::string_view(bytes).substr(from, end - from));
    from = end + 1;
  }
  bytes.erase(0, from);
}

void drain(Talk& talk, Stream& stream) {
  const std::size_t have = stream.bytes.size();
  stream.bytes.resize(have + read_step);
  const ssize_t count = ::read(stream.end.number(), stream.bytes.data() + have, read_step);
  stream.bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) stream.end.close();
  if (&stream == &talk.out && talk.command.on_line != nullptr) give_lines(talk);
  if (stream.bytes.size() > talk.command.most_output) talk.flooded = true;
}

/// One wait; whether anything happened.
bool listen(Talk& talk, milliseconds most) {
  pollfd waiting[3] = {};
  const Descriptor* ends[] = {&talk.out.end, &talk.err.end, &talk.in};
  for (std::size_t i = 0; i < 3; ++i) {
    waiting[i] = {ends[i]->number(), static_cast<short>(i == 2 ? POLLOUT : POLLIN),
                  0};  // -1 is skipped
  }
  if (::poll(waiting, 3, static_cast<int>(std::max(most, milliseconds(0)).count())) <= 0)
    return false;
  if (waiting[0].revents != 0) drain(talk, talk.out);
  if (waiting[1].revents != 0) drain(talk, talk.err);
  if (waiting[2].revents != 0) feed(talk);
  return true;
}

/// Talks until the program ended and its streams are closed or silent. False: the deadline passed.
bool talk_to_the_end(Talk& talk, const Child& child) {
  const auto deadline = Clock::now() + talk.command.deadline;
  std::optional<Clock::time_point> ended;
  while (!talk.flooded) {
    const bool silent = !talk.out.end && !talk.err.end;
    if (!ended && child.has_ended()) ended = Clock::now();
    if (ended && (silent || Clock::now() > *ended + after_end)) return true;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    if (!ended && (left.count() <= 0 || asked_to_end != 0)) return false;
    // With closed streams only its end is missing, which comes at once as a rule.
    listen(talk, std::min(left, silent ? milliseconds(1) : slice));
  }
  return true;
}

std::string shown_name(const Command& command) {
  return command.argv.empty() ? "" : std::string(Path(command.argv[0]).name());
}

Result<Output> outcome(Talk& talk, Child& child, bool in_time) {
  const int status = child.finish(talk.flooded || !in_time);
  const std::string name = shown_name(talk.command);
  if (talk.flooded) {
    return dsl::problem(
        "R4002", fmt::format("`{}` wrote more than {} bytes", name, talk.command.most_output),
        "it was stopped");
  }
  if (!in_time) {
    const double seconds = static_cast<double>(talk.command.deadline.count()) / 1000;
    return dsl::problem("R4002", fmt::format("`{}` did not end within {} s", name, seconds),
                        "it and the programs it started were stopped");
  }
  if (talk.command.on_line != nullptr && !talk.out.bytes.empty()) {
    talk.command.on_line(talk.command.context, talk.out.bytes);
    talk.out.bytes.clear();
  }
  return Output{status, std::move(talk.out.bytes), std::move(talk.err.bytes)};
}

void add(Environment& environment, const Environment& more) {
  for (const auto& pair : more) {
    std::erase_if(environment, [&](const auto& old) { return old.first == pair.first; });
    environment.push_back(pair);
  }
}

}  // namespace

void keep_while_acting(int descriptor) { kept_while_acting = descriptor; }

Result<Output> start(const std::string& file, const Command& command, Environment environment,
                     bool acts) {
  add(environment, command.environment);
  Talk talk{command, {}, {}, {}, command.input, false};
  const EndAfterChild held;
  Descendants started;
  Child child;
  const ChildEnds ends{&talk.in, &talk.out.end, &talk.err.end, acts ? kept_while_acting : -1};
  const int error =
      file.starts_with('/') ? child.start(file, command.argv, environment, ends) : ENOENT;
  if (error != 0) {
    return dsl::problem("R4002", fmt::format("cannot start `{}`: {}", file, reason(error)),
                        platform::is_wrong_cpu(error) ? without_rosetta : "");
  }
  if (talk.input.empty()) talk.in.close();
  const NoSigpipe guard;
  const bool in_time = talk_to_the_end(talk, child);
  auto out = outcome(talk, child, in_time);
  // What a change leaves behind, a service it may be, lives on if the change ended by itself.
  if (!acts || talk.flooded || !in_time) started.end();
  return out;
}

}  // namespace gopol::engine
