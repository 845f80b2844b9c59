#include "engine/plugin/plugin.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/host/who_may_write.h"
#include "engine/plugin/plugin_protocol.h"
#include "engine/real/confine.h"

namespace gopol::engine {
namespace {

constexpr std::uint32_t executable = 0111;
constexpr std::size_t most_shown = 200;  // bytes of a plugin's standard error in a message

dsl::Diagnostic about(const Path& program, dsl::Diagnostic error) {
  error.message = fmt::format("plugin {}: {}", program.name(), error.message);
  return error;
}

dsl::Diagnostics about(const Path& program, dsl::Diagnostics errors) {
  for (auto& error : errors) error = about(program, std::move(error));
  return errors;
}

/// Its answer on standard output, if it ended well.
Result<std::string> answer_of(const Path& program, Result<Output> output) {
  if (!output) return about(program, output.error());
  if (output->status == 0) return std::move(output->out);
  std::string said = output->err.substr(0, std::min(output->err.find('\n'), most_shown));
  const std::string how = output->status > 128
                              ? fmt::format("died of signal {}", output->status - 128)
                              : fmt::format("ended with status {}", output->status);
  return about(program,
               dsl::problem("R4002", said.empty() ? how : fmt::format("{}: {}", how, said)));
}

/// What a plugin says when it is only asked: whoever asks, it has nothing to write then.
Result<std::string> asked(const Path& program, const Command& command, const Host& host) {
  Result<std::string> out = std::string();
  run_confined([&] { out = answer_of(program, host.programs().query(command)); });
  return out;
}

class Plugin final : public Provider {
 public:
  Plugin(Path program, dsl::Schema schema, bool has_undo, std::chrono::milliseconds deadline)
      : program_(std::move(program)),
        schema_(std::move(schema)),
        has_undo_(has_undo),
        deadline_(deadline) {}

  const dsl::Schema& schema() const override { return schema_; }

  Observed observe(const Query& query, const Host& host) const override {
    auto answer = asked(program_, command(plugin::observe_request(query)), host);
    if (!answer) return all_unknown(query, answer.error());
    auto seen = plugin::read_observed(*answer, schema_);
    if (!seen) return all_unknown(query, about(program_, seen.error()));
    return std::move(*seen);
  }

  /// What it cannot take back, the plan marks.
  Result<Prepared> prepare(const Change&, const Host&) const override {
    Prepared out;
    out.demands.irreversible = !has_undo_;
    out.note = fmt::format("by the plugin {}", program_.name());
    return out;
  }

  /// Of a change that takes back: undo.
  Result<Done> apply(const Change& change, Host& host) const override {
    auto answer = answer_of(program_, host.programs().run(command(plugin::change_request(change))));
    if (!answer) return answer.error();
    auto done = plugin::read_done(*answer);
    if (!done) return about(program_, done.error());
    return done;
  }

 private:
  Command command(std::string input) const {
    Command out;
    out.argv = {program_.text};
    out.input = std::move(input);
    out.deadline = deadline_;
    return out;
  }

  static Observed all_unknown(const Query& query, const dsl::Diagnostics& why) {
    Observed out;
    for (const Slot& slot : query.slots) {
      out.push_back({.slot = slot, .value = dsl::Unknown{why.front().message, why.front().help}});
    }
    return out;
  }

  Path program_;
  dsl::Schema schema_;
  bool has_undo_;
  std::chrono::milliseconds deadline_;
};

/// Who else may write it could put code into every run.
Result<Done> check_safe(const Path& path, const Host& host) {
  const auto open = who_may_write(path, host.disk(), host.system());
  if (!open) return open.error();
  if (!*open) return Done{};
  return dsl::problem("R4002", (*open)->text(), (*open)->help());
}

}  // namespace

Result<std::unique_ptr<Provider>> load_plugin(const Path& program, const Host& host,
                                              std::chrono::milliseconds deadline,
                                              std::string* said) {
  if (auto safe = check_safe(program, host); !safe) return safe.error();
  Command command;
  command.argv = {program.text};
  command.input = plugin::schema_request();
  command.deadline = deadline;
  auto answer = asked(program, command, host);
  if (!answer) return answer.error();
  auto schema = plugin::read_schema(*answer);
  if (!schema) return about(program, schema.error());
  if (said != nullptr) *said = *answer;
  return std::unique_ptr<Provider>(
      std::make_unique<Plugin>(program, std::move(*schema), plugin::has_undo(*answer), deadline));
}

bool is_plugin(const Path& path, const Disk& disk) {
  const auto status = disk.stat_target(path);
  return status && status->type == FileStatus::Type::regular && (status->mode & executable) != 0;
}

Providers load_plugins(const Path& folder, const Host& host, std::chrono::milliseconds deadline,
                       dsl::Diagnostics& errors) {
  Providers out;
  const auto add = [&](const dsl::Diagnostics& more) {
    errors.insert(errors.end(), more.begin(), more.end());
  };
  const auto status = host.disk().stat_target(folder);
  if (!status || status->type != FileStatus::Type::folder) return out;
  if (auto safe = check_safe(folder, host); !safe) {
    add(safe.error());
    return out;
  }
  const auto names = host.disk().list(folder);
  if (!names) {
    add(names.error());
    return out;
  }
  for (const std::string& name : *names) {
    const Path program = folder / name;
    if (name.starts_with('.') || !is_plugin(program, host.disk())) continue;
    auto plugin = load_plugin(program, host, deadline);
    if (plugin) {
      out.push_back(std::move(*plugin));
    } else {
      add(plugin.error());
    }
  }
  return out;
}

}  // namespace gopol::engine
