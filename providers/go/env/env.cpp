#include "providers/go/env/env.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/files/place.h"
#include "providers/go/env/env_file.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_write.h"
#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers::go {
namespace {

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

/// The two files that can say something, each read once for all variables; and what shells export,
/// which would hide both.
struct Layers {
  FileText user, toolchain;
  Path user_path, toolchain_path, home;
  shell::LoginPath login, terminal;
};

Layers read_layers(const Host& host) {
  Layers out;
  out.home = host.system().user().home;
  out.user_path = user_env_file(host.system());
  out.user = read_text(host, out.user_path);
  out.toolchain_path = default_toolchain_link(host.system()) / "go.env";
  out.toolchain = read_text(host, out.toolchain_path);
  out.login = shell::login_path(host);
  out.terminal = shell::terminal_path(host);
  return out;
}

/// GOPRIVATE is the default of the two lists that follow from it.
std::string_view stands_in_for(std::string_view name) {
  return name == "GONOPROXY" || name == "GONOSUMDB" ? "GOPRIVATE" : std::string_view{};
}

Observation from_defaults(Observation out, const EnvVariable& variable, const Layers& layers) {
  out.inherited = true;
  if (const auto text = env_file_value(layers.toolchain.text, variable.name)) {
    out.value = value_of(variable, *text);
    out.origin = layers.toolchain_path.text;
    return out;
  }
  out.origin = "built in";
  const std::string_view other = stands_in_for(variable.name);
  const auto instead = other.empty() ? std::nullopt : env_file_value(layers.user.text, other);
  if (instead) {
    out.value = value_of(variable, *instead);
    out.origin = std::string(other);
  } else if (variable.name == "GOPATH") {
    out.value = value_of(variable, (layers.home / "go").text);
  } else if (!variable.built_in.empty()) {
    out.value = value_of(variable, variable.built_in);
  } else {
    out.value = dsl::Absent{};
  }
  return out;
}

/// FILE:LINE that exports another value; an empty one counts as none.
std::optional<std::string> hidden_by(const EnvVariable& variable, const shell::LoginPath& session,
                                     const Value& value) {
  const shell::ShellVariable* exported = session.variable(variable.name);
  if (exported == nullptr || exported->name.empty() || exported->value == "") return {};
  if (exported->value && value_of(variable, *exported->value) == value) return {};
  return exported->origin;
}

Observation read_setting(const Slot& slot, const Layers& layers, const Host& host) {
  Observation out{.slot = slot};
  const EnvVariable* variable = find_env_variable(slot.attribute);
  if (variable == nullptr) {
    out.value = dsl::Unknown{fmt::format("go reads no `{}` from its env file", slot.attribute), ""};
    return out;
  }
  const auto process = host.system().environment(slot.attribute);
  if (!layers.user.there && layers.user.why_not.is_unknown()) {
    out.value = layers.user.why_not;
    return out;
  }
  if (const auto text = env_file_value(layers.user.text, slot.attribute)) {
    out.value = value_of(*variable, *text);
    out.origin = layers.user_path.text;
  } else {
    out = from_defaults(std::move(out), *variable, layers);
  }
  if (process && !process->empty() && !(value_of(*variable, *process) == out.value)) {
    out.findings.push_back(
        fmt::format("hidden by {}={} in this process", slot.attribute, *process));
  }
  const auto login = hidden_by(*variable, layers.login, out.value);
  const auto terminal = hidden_by(*variable, layers.terminal, out.value);
  if (login) out.findings.push_back("hidden in login shells by " + *login);
  if (terminal && terminal != login) out.findings.push_back("hidden in terminals by " + *terminal);
  return out;
}

/// 22 of `go1.22.4`; 0 if it is no version from 1.16 on.
int go_minor(std::string_view name) {
  const auto parts = dsl::go_version::parse(name.substr(std::min<std::size_t>(2, name.size())));
  int minor = 0;
  std::from_chars(parts.minor.data(), parts.minor.data() + parts.minor.size(), minor);
  return parts.major == "1" && minor >= 16 ? minor : 0;
}

/// The layers are read once; another file of this process is told with the first slot.
class EnvReader {
 public:
  EnvReader(const engine::Query&, const Host& host) : host_(host), layers_(read_layers(host)) {}

  Observation read(const Slot& slot) {
    Observation out = read_setting(slot, layers_, host_);
    if (!std::exchange(is_first_, false)) return out;
    const auto elsewhere = host_.system().environment("GOENV");
    if (elsewhere && !elsewhere->empty() && *elsewhere != layers_.user_path.text) {
      out.findings.push_back(
          fmt::format("GOENV={} in this process: go reads that file instead", *elsewhere));
    }
    return out;
  }

 private:
  const Host& host_;
  const Layers layers_;
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
    const FileText version = read_text(host, default_toolchain_link(host.system()) / "VERSION");
    const int minor = go_minor(first_line(version.text));
    if (minor == 0) return {};
    for (const engine::Assignment& assignment : change.assignments) {
      const auto edit = edit_for(assignment);
      if (!edit || !edit->value) continue;
      // Seen on 1.19.8: it splits GOFLAGS at blanks alone, and then stops at the quote.
      if (edit->key == "GOFLAGS" && minor <= 19 &&
          edit->value->find_first_of("'\"") != std::string::npos) {
        return fmt::format("go 1.{} does not read quotes in GOFLAGS", minor);
      }
      const std::string why = env_write_refusal(edit->key + "=" + *edit->value, minor);
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
