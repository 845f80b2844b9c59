#include "providers/go/env/env.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "providers/files/place.h"
#include "providers/go/env/env_file.h"
#include "providers/go/env/env_in_force.h"
#include "providers/go/env/env_validate.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_view.h"
#include "providers/go/env/env_write.h"
#include "providers/go/env/flags.h"
#include "providers/go/env/toolchain_choice.h"
#include "providers/path/path.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

using enum EnvForm;

dsl::Schema env_schema() {
  dsl::Schema out = family("go.env", "variables of `go env`, as go reads them from files");
  out.after = {"go.toolchain"};
  for (const EnvVariable& variable : env_variables()) {
    auto attribute =
        writable(std::string(variable.name), type_of(variable), std::string(variable.doc));
    attribute.optional = attribute.unsettable = true;
    attribute.validate = variable.validate;
    if (variable.name == "GOPRIVATE") attribute.affects = {"GONOPROXY", "GONOSUMDB"};
    attribute.runs_code = [](const Slot& slot, const Value& value) {
      const EnvVariable* named = find_env_variable(slot.attribute);
      return named != nullptr && runs_code(*named, value);
    };
    out.attributes.push_back(std::move(attribute));
  }
  return out;
}

/// What of the environment may change a variable that it does not name.
constexpr std::string_view others[] = {"GOPRIVATE", "GOPATH", "GOROOT", "GOOS", "GOARCH", "CC"};

/// The layers are read once; another file of this process is told with the first slot.
class EnvReader {
 public:
  EnvReader(const engine::Query&, const Host& host)
      : host_(host),
        sessions_(host),
        go_(release_of_user(host, login())),
        files_(view([](std::string_view) { return std::string(); })),
        process_(view([&host](std::string_view name) { return environment(host, name); })),
        in_sessions_(host, go_, login(), files_),
        running_minor_(find_running_minor()) {}

  Observation read(const Slot& slot) {
    Observation out = read_setting(slot);
    if (!std::exchange(is_first_, false)) return out;
    const std::string elsewhere = environment(host_, "GOENV");
    if (!elsewhere.empty() && elsewhere != files_.user_path().text) {
      out.findings.push_back(
          fmt::format("GOENV={} in this process: go reads that file instead", elsewhere));
    }
    return out;
  }

 private:
  static std::string environment(const Host& host, std::string_view name) {
    return host.system().environment(std::string(name)).value_or("");
  }

  AskLogin login() const {
    return [this]() -> const shell::LoginPath& { return sessions_.login(); };
  }

  EnvView view(EnvView::Environment environment) const {
    return {host_, login(), go_, std::move(environment)};
  }

  Observation read_setting(const Slot& slot) const {
    Observation out{.slot = slot};
    const EnvVariable* variable = find_env_variable(slot.attribute);
    if (variable == nullptr) {
      out.value =
          dsl::Unknown{fmt::format("go reads no `{}` from its env file", slot.attribute), ""};
      return out;
    }
    const FileText& user = files_.user_file();
    if (!user.there && user.why_not.is_unknown()) {
      out.value = user.why_not;
      return out;
    }
    read_files(*variable, out);
    add_refusal(*variable, out);
    add_hiding(*variable, out);
    return out;
  }

  /// What only the Go that runs refuses, or what no policy is asked about: a line of its go.env.
  void add_refusal(const EnvVariable& variable, Observation& out) const {
    const auto said = files_.said(variable.name);
    if (!said) return;
    std::string why;
    const auto always = refusal_of(variable, out.value, 0);
    const auto here = always ? always : refusal_of(variable, out.value, running_minor_);
    if (here && (!always || said->layer == EnvSaid::Layer::toolchain)) why = here->message.text();
    if (why.empty() && (variable.name == "GOOS" || variable.name == "GOARCH"))
      why = pair_refusal(files_.text("GOOS"), files_.text("GOARCH"));
    if (why.empty() && variable.name == "GOCACHEPROG") why = cache_program(said->text);
    if (why.empty()) return;
    out.findings.push_back(running_minor_ == 0
                               ? fmt::format("go refuses it: {}", why)
                               : fmt::format("go 1.{} refuses it: {}", running_minor_, why));
  }

  /// The program that stands for the build cache is started by every command that builds or lists.
  std::string cache_program(const std::string& text) const {
    constexpr int first_with_it = 24;  // before, it took an experiment
    const auto words = split_quoted(text);
    if (!words || words->empty() || (running_minor_ != 0 && running_minor_ < first_with_it))
      return {};
    const std::string& name = words->front();
    if (name.find('/') == std::string::npos) {
      const FirstProgram found = first_program(name, login()().entries, host_);
      return found.path.is_absent() ? fmt::format("no `{}` is in PATH", name) : "";
    }
    const auto status = host_.disk().stat_target(Path(name));
    const bool there = !status || status->type == engine::FileStatus::Type::regular;
    return there ? "" : fmt::format("there is no program {}", name);
  }

  /// GOTOOLCHAIN may name another Go than the one that is started.
  int find_running_minor() const {
    const auto choice = choose_toolchain(go_.name, files_.text("GOTOOLCHAIN"), "", "");
    return go_.minor == 0 || !choice || choice->local ? go_.minor : go_minor(choice->name);
  }

  /// What the files say. A line that go takes for its default is not there for us.
  void read_files(const EnvVariable& variable, Observation& out) const {
    const auto said = files_.said(variable.name);
    const std::string text = files_.text(variable.name);
    const bool by_user = said && said->layer == EnvSaid::Layer::user_file;
    out.inherited = !by_user || (said->text != text) || (text.empty() && variable.form == path);
    if (said && said->text == text && !(text.empty() && variable.form == path)) {
      out.value = value_of(variable, text);
      out.origin = said->file.text;
      return;
    }
    out.origin = "built in";
    const bool is_private = variable.name == "GONOPROXY" || variable.name == "GONOSUMDB";
    if (is_private && files_.said("GOPRIVATE")) out.origin = "GOPRIVATE";
    // What go works out from the machine is shown only where a line is there that asks for it.
    const bool is_shown =
        said || is_private || variable.name == "GOPATH" || !variable.built_in.empty();
    if (is_shown && !text.empty()) {
      out.value = value_of(variable, text);
    } else {
      out.value = dsl::Absent{};
    }
    if (!said && is_set_by_toolchain(variable.name) && text.empty() && !go_.root.empty() &&
        go_.minor != 0 && !is_before_go_env(go_))
      out.findings.push_back(fmt::format("{} does not set it, and go 1.{} has no value of its own",
                                         files_.toolchain_path().text, go_.minor));
  }

  void add_hiding(const EnvVariable& variable, Observation& out) const {
    const std::string ours = files_.text(variable.name), theirs = process_.text(variable.name);
    if (ours != theirs && !(value_of(variable, ours) == value_of(variable, theirs))) {
      const std::string by = hiding(variable.name);
      if (!by.empty()) out.findings.push_back(fmt::format("hidden by {} in this process", by));
    }
    out.elsewhere = sessions_.elsewhere([&](const shell::LoginPath& session) {
      return in_sessions_.met(session, variable, out.value);
    });
  }

  /// The variable of this process that makes the difference, as NAME=VALUE; empty: it is GOENV,
  /// which is told once for all.
  std::string hiding(std::string_view name) const {
    const auto shown = [&](std::string_view by) {
      return fmt::format("{}={}", by, environment(host_, by));
    };
    if (!environment(host_, name).empty()) return shown(name);
    for (const std::string_view other : others) {
      if (environment(host_, other).empty()) continue;
      const EnvView alone = view([&](std::string_view asked) {
        return asked == other ? environment(host_, asked) : std::string();
      });
      if (alone.text(name) != files_.text(name)) return shown(other);
    }
    return {};
  }

  const Host& host_;
  const WorkSessions sessions_;
  const GoRelease go_;
  const EnvView files_, process_;
  const EnvInSessions in_sessions_;
  const int running_minor_;  ///< 0: not known
  bool is_first_ = true;
};

class EnvProvider final : public SlotProvider<EnvReader> {
 public:
  EnvProvider() : SlotProvider(env_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const Path file = user_env_file(host.system());
    const auto before = host.disk().read(file);
    if (!before) return before.error();
    std::vector<EnvEdit> edits;
    for (const engine::Assignment& assignment : change.assignments) {
      auto edit = edit_for(assignment);
      if (!edit) return edit.error();
      edits.push_back(std::move(*edit));
    }
    std::sort(edits.begin(), edits.end(),
              [](const EnvEdit& a, const EnvEdit& b) { return a.key < b.key; });
    const std::string now = before->value_or("");
    auto out = files::prepare_part(file, now, edit_env_file(now, edits), host.disk());
    out.add_note(objection(change, host));
    return out;
  }

 private:
  /// What the go behind gopol's link would say to these lines: an old one ignores a variable it
  /// does not know.
  static std::string objection(const Change& change, const Host& host) {
    const int minor = release_in(host, default_toolchain_link(host.system())).minor;
    if (minor == 0) return {};
    for (const engine::Assignment& assignment : change.assignments) {
      const auto edit = edit_for(assignment);
      if (!edit || !edit->value) continue;
      // Seen on 1.19.8: it splits GOFLAGS at blanks alone, and then stops at the quote.
      if (edit->key == "GOFLAGS" && minor <= 19 &&
          edit->value->find_first_of("'\"") != std::string::npos) {
        return fmt::format("go 1.{} does not read quotes in GOFLAGS", minor);
      }
      std::string why = env_write_refusal(edit->key + "=" + *edit->value, minor);
      const auto* variable = find_env_variable(edit->key);
      if (const auto other = refusal_of(*variable, assignment.to, minor); why.empty() && other)
        why = other->message.text();
      if (!why.empty()) return fmt::format("go 1.{} would refuse it: {}", minor, why);
    }
    return {};
  }

  static dsl::Result<EnvEdit> edit_for(const engine::Assignment& assignment) {
    const EnvVariable* variable = find_env_variable(assignment.slot.attribute);
    if (assignment.to.is_absent()) return EnvEdit{assignment.slot.attribute, {}};
    auto text = text_of(*variable, assignment.to);
    if (!text) return text.error();
    if (text->find_first_of(std::string_view("\0\n\r\v", 4)) != std::string::npos) {
      return dsl::problem("R4002", fmt::format("`{}` would not fit on one line of the env file",
                                               assignment.slot.attribute));
    }
    return EnvEdit{assignment.slot.attribute, std::move(*text)};
  }
};

}  // namespace

Path user_env_file(const engine::System& system) {
  const Path& home = system.user().home;
  if (system.platform() == "macos") return home / "Library/Application Support/go/env";
  const auto xdg = system.environment("XDG_CONFIG_HOME");
  return (xdg && xdg->starts_with('/') ? Path(*xdg) : home / ".config") / "go/env";
}

Path default_toolchain_link(const engine::System& system) {
  return system.user().home / ".local/share/gopol/go/current";
}

std::unique_ptr<engine::Provider> env_provider() { return std::make_unique<EnvProvider>(); }

}  // namespace gopol::providers::go
