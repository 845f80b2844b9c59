#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/root/line_pipe.h"
#include "engine/root/message.h"

namespace gopol::engine {

/// The part of gopol that runs as root, as who started it has it: at our terminal, in our process
/// group. It ends with this.
class RootProcess {
 public:
  /// Errors: it cannot be started (R4002).
  static Result<std::unique_ptr<RootProcess>> start(const std::vector<std::string>& argv);
  /// A child's number, and the pipes to it.
  RootProcess(int number, LinePipe pipe) : number_(number), pipe_(std::move(pipe)) {}
  RootProcess(const RootProcess&) = delete;
  RootProcess& operator=(const RootProcess&) = delete;
  ~RootProcess();

  /// Waits for its hello. Errors (R4005): it ended instead, so sudo refused.
  Result<Done> greet(const std::string& version);
  bool tell(const detail::Json& json) { return pipe_.write(json); }
  /// Asks and waits; what it answers has `name`. Errors: those that it tells; it ended (R4002).
  Result<detail::Json> ask(const detail::Json& json, const char* name);

 private:
  int wait_for_end();  ///< its exit code, or 128 + signal

  int number_;
  LinePipe pipe_;
  const QuietPipes quiet_;
};

/// Whatever it is asked for is made by that process, which hears first for whom. It is greeted.
Result<std::unique_ptr<Maker>> maker_of(std::unique_ptr<RootProcess> process, RootTask task,
                                        const RootWork& agreed);

/// What sudo starts, asking for a password where it has to: `program` is gopol itself. Says before
/// the question what it is for.
std::vector<std::string> sudo_command(const std::string& program, std::uint32_t uid);
/// The same, without sudo: for who is root.
std::vector<std::string> root_command(const std::string& program, std::uint32_t uid);

}  // namespace gopol::engine
