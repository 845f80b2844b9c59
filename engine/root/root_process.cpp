#include "engine/root/root_process.h"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

/// A pipe of which a child gets one end, ours has a number above those of the streams.
struct OnePipe {
  Descriptor read, write;

  int open() {
    std::array<int, 2> ends{-1, -1};
    if (const int error = platform::open_pipe(ends)) return error;
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
    return read.number() > 2 && write.number() > 2 ? 0 : EBADF;  // we have no standard streams
  }
};

/// What is started has nothing of our environment but where the terminal is.
std::vector<std::string> clean_environment() {
  std::vector<std::string> out{"PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LANG=C"};
  if (const char* term = std::getenv("TERM")) out.push_back(std::string("TERM=") + term);
  return out;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Not in a group of its own: who is not in the terminal's may not ask for a password there.
int spawn(std::vector<std::string> argv, const OnePipe& to, const OnePipe& from, pid_t& number) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, to.read.number(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, from.write.number(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, 2, 2);  // stays open where others do not
  platform::close_inherited(&actions, 3);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t set;
  sigemptyset(&set);
  ::posix_spawnattr_setsigmask(&attributes, &set);
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD})
    sigaddset(&set, signal);
  ::posix_spawnattr_setsigdefault(&attributes, &set);
  ::posix_spawnattr_setflags(
      &attributes,
      static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | platform::spawn_flags()));
  std::vector<std::string> variables = clean_environment();
  const int error = ::posix_spawn(&number, argv.front().c_str(), &actions, &attributes,
                                  pointers_to(argv).data(), pointers_to(variables).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

dsl::Diagnostic ended() {
  return dsl::problem("R4002", "the part of gopol that runs as root has ended",
                      "run `gopol apply` again");
}

class RootMaker final : public Maker {
 public:
  RootMaker(std::unique_ptr<RootProcess> process, RootWork agreed)
      : process_(std::move(process)), agreed_(std::move(agreed)) {}

  Result<Ready> look(const PlannedChange& planned) override {
    looked_at_ = number_of(planned);
    const auto answer = process_->ask({{"look", looked_at_}}, "ready");
    if (!answer) return answer.error();
    auto out = detail::ready_of(*answer);
    if (!out) return ended();
    return std::move(*out);
  }

  /// Where root keeps them, it knows itself.
  void keep_files(Ready& ready, const Path& name) override {
    const auto has_others = [](const FileImage& image) { return image.other_names > 0; };
    if (std::none_of(ready.images.begin(), ready.images.end(), has_others)) return;
    const auto answer =
        process_->ask({{"keep", looked_at_}, {"as", std::string(name.name())}}, "ready");
    auto kept = answer ? detail::ready_of(*answer) : std::nullopt;
    if (kept) ready = std::move(*kept);
  }

  Made make(const PlannedChange& planned, const Ready&) override {
    Made out;
    const auto answer = process_->ask({{"make", number_of(planned)}}, "made");
    auto made = answer ? detail::made_of(*answer) : std::nullopt;
    if (made) return std::move(*made);
    out.why = answer ? dsl::Diagnostics{ended()} : answer.error();
    return out;
  }

  Result<Done> put_back(const PutBack& back) override {
    const auto at = std::find_if(agreed_.back.begin(), agreed_.back.end(),
                                 [&](const PutBack& one) { return one.change == back.change; });
    const auto answer = process_->ask({{"put_back", at - agreed_.back.begin()}}, "done");
    if (!answer) return answer.error();
    return Done{};
  }

  Result<Done> forget_kept() override {
    const auto answer = process_->ask({{"forget_kept", true}}, "done");
    if (!answer) return answer.error();
    return Done{};
  }

 private:
  std::uint64_t number_of(const PlannedChange& planned) const {
    const auto& all = agreed_.changes;
    return static_cast<std::uint64_t>(std::find(all.begin(), all.end(), &planned) - all.begin());
  }

  const std::unique_ptr<RootProcess> process_;
  const RootWork agreed_;
  std::uint64_t looked_at_ = 0;
};

}  // namespace

Result<std::unique_ptr<RootProcess>> RootProcess::start(const std::vector<std::string>& argv) {
  OnePipe to, from;
  pid_t number = -1;
  int error = to.open();
  if (error == 0) error = from.open();
  if (error == 0) error = spawn(argv, to, from, number);
  if (error != 0)
    return dsl::problem("R4002", fmt::format("cannot start `{}`: {}", argv.front(), reason(error)));
  return std::make_unique<RootProcess>(number, LinePipe(std::move(from.read), std::move(to.write)));
}

RootProcess::~RootProcess() {
  static_cast<void>(pipe_.write({{"end", true}}));
  pipe_.close();
  static_cast<void>(wait_for_end());
}

int RootProcess::wait_for_end() {
  int status = 0;
  while (number_ > 0 && ::waitpid(number_, &status, 0) < 0) {
    if (errno != EINTR) break;
  }
  number_ = -1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Result<Done> RootProcess::greet(const std::string& version) {
  const auto said = pipe_.read();
  if (said && detail::is_hello(*said, version)) return Done{};
  pipe_.close();
  static_cast<void>(wait_for_end());
  if (said) return dsl::problem("R4005", "what sudo started is another gopol");
  return dsl::problem("R4005", "sudo refused");
}

Result<detail::Json> RootProcess::ask(const detail::Json& json, const char* name) {
  const auto answer = pipe_.write(json) ? pipe_.read() : std::nullopt;
  if (!answer) return ended();
  if (const detail::Json* errors = detail::find(*answer, "error")) {
    auto why = detail::diagnostics_of(*errors);
    if (why.empty()) return ended();
    return why;
  }
  const detail::Json* out = detail::find(*answer, name);
  if (out == nullptr) return ended();
  return *out;
}

Result<std::unique_ptr<Maker>> maker_of(std::unique_ptr<RootProcess> process, RootTask task,
                                        const RootWork& agreed) {
  for (const PlannedChange* one : agreed.changes) task.agreed.push_back(*one);
  for (const PutBack& one : agreed.back) task.back.push_back({*one.change, one.keeps_trees});
  task.kept = agreed.kept;
  if (!process->tell({{"task", detail::json_of(task)}})) return ended();
  return std::unique_ptr<Maker>(std::make_unique<RootMaker>(std::move(process), agreed));
}

std::vector<std::string> sudo_command(const std::string& program, std::uint32_t uid) {
  std::vector<std::string> out{"/usr/bin/sudo", "-H", "-p",
                               "password of %p, for what needs root: ", "--"};
  for (std::string& word : root_command(program, uid)) out.push_back(std::move(word));
  return out;
}

std::vector<std::string> root_command(const std::string& program, std::uint32_t uid) {
  return {program, "apply-root", std::to_string(uid)};
}

}  // namespace gopol::engine
