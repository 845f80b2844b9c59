#include "engine/real/programs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "engine/real/run_program.h"

namespace gopol::engine {
namespace {

class RealPrograms : public Programs {
 public:
  Result<Output> query(const Command& command) const override { return started(command, false); }
  Result<Output> run(const Command& command) override { return started(command, true); }

 private:
  static Result<Output> started(const Command& command, bool acts) {
    return start(command.argv.empty() ? "" : command.argv[0], command, real_environment(), acts);
  }
};

class RecordedPrograms : public Programs {
 public:
  RecordedPrograms(Path tools, Environment environment)
      : tools_(std::move(tools)), environment_(std::move(environment)) {}

  Result<Output> query(const Command& command) const override { return started(command, false); }
  Result<Output> run(const Command& command) override { return started(command, true); }

 private:
  Result<Output> started(const Command& command, bool acts) const {
    const std::string name(Path(command.argv.empty() ? "" : command.argv[0]).name());
    const Path tool = tools_ / name;
    if (name.empty() || name == ".." || ::access(tool.text.c_str(), X_OK) != 0) {
      return dsl::problem("R4002", fmt::format("this recorded machine has no `{}`", name),
                          fmt::format("a program `{}` would stand for it", tool.text));
    }
    return start(tool.text, command, environment_, acts);
  }

  Path tools_;
  Environment environment_;
};

}  // namespace

Environment real_environment() {
  Environment out{{"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}, {"LANG", "C"}};
  for (const char* name : {"HOME", "USER", "TMPDIR"}) {
    if (const char* value = std::getenv(name)) out.emplace_back(name, value);
  }
  return out;
}

std::unique_ptr<Programs> real_programs() { return std::make_unique<RealPrograms>(); }

std::unique_ptr<Programs> recorded_programs(const Path& tools, const Path& root,
                                            Environment environment) {
  environment.emplace_back("GOPOL_ROOT", root.text);
  return std::make_unique<RecordedPrograms>(tools, std::move(environment));
}

}  // namespace gopol::engine
