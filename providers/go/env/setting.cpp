#include "providers/go/env/setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/go/env/env.h"
#include "providers/go/env/env_file.h"

namespace gopol::providers::go {

using dsl::Path;

const SettingLayer& Setting::winner() const {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [](const SettingLayer& layer) { return layer.wins; });
  return found == layers.end() ? layers.back() : *found;
}

Variables::Variables(const engine::Host& host, const shell::LoginPath& login, const Path& goroot)
    : host_(host), login_(login), go_(release_in(host, goroot)) {
  read_files();
}

void Variables::read_files() {
  const Setting goenv = find("GOENV", "");
  if (goenv.value != "off") {
    const Path path = goenv.value.empty() ? user_env_file(host_.system()) : Path(goenv.value);
    files_.push_back({"user file", path, read_text(host_, path), EnvFile::of_user});
  }
  // A GOROOT that is set by hand, even a wrong one, is where go looks for its go.env.
  const Setting chosen = find("GOROOT", go_.root.text);
  goroot_ = chosen.value.empty() ? Path() : Path(chosen.value);
  if (goroot_.empty() || is_before_go_env(go_)) return;
  const Path path = goroot_ / "go.env";
  files_.push_back({"go.env", path, read_text(host_, path), EnvFile::of_toolchain});
}

std::optional<SettingLayer> Variables::environment(std::string_view name) const {
  const auto process = host_.system().environment(std::string(name));
  if (process && !process->empty()) return SettingLayer{"process", *process, "", false};
  const shell::ShellVariable* exported = login_.variable(name);
  if (exported == nullptr || (exported->value && exported->value->empty())) return {};
  return SettingLayer{"login shell", exported->value, exported->origin, false};
}

SettingLayer Variables::layer_of(const File& file, std::string_view name) {
  const auto line = env_file_line(file.text.text, name, file.kind);
  if (!line) return {file.layer, {}, file.path.text, false};
  return {file.layer, line->value, fmt::format("{}:{}", file.path.text, line->number), false};
}

Setting Variables::find(std::string_view name, std::string_view built_in) const {
  Setting out;
  std::optional<std::size_t> winner;
  const auto settle = [&] {
    if (!winner) winner = out.layers.size() - 1;
  };
  if (auto from = environment(name)) {
    if (!from->text) out.unknown = shell::not_told(*login_.variable(name), name);
    if (from->name != "process") out.layers.push_back({"process", {}, "", false});
    out.layers.push_back(std::move(*from));
    settle();
  } else {
    out.layers.push_back({"process", {}, "", false});
  }
  for (const File& file : files_) {
    out.layers.push_back(layer_of(file, name));
    const auto* why = file.text.why_not.as<dsl::Unknown>();
    if (winner || (why == nullptr && !out.layers.back().text)) continue;
    if (why != nullptr) out.unknown = *why;
    settle();
  }
  const bool is_only_there = is_set_by_toolchain(name) && name != "GOTOOLCHAIN";
  if (!winner) {
    const bool has_none = is_only_there && go_.minor != 0 && !is_before_go_env(go_);
    out.layers.push_back({"built in", has_none ? "" : std::string(built_in), "", false});
    settle();
  }
  SettingLayer& decisive = out.layers[*winner];
  decisive.wins = true;
  out.value = decisive.text.value_or("");
  out.place = decisive.place;
  if (out.value.empty() && !out.unknown && decisive.name != "built in" &&
      (!is_only_there || is_before_go_env(go_)))
    out.value = built_in;
  return out;
}

dsl::Value module_cache(const Variables& variables, const engine::Host& host) {
  const Setting cache = variables.find("GOMODCACHE", "");
  if (cache.unknown) return *cache.unknown;
  if (cache.value.starts_with('/')) return Path(cache.value);
  const Setting gopath = variables.find("GOPATH", (host.system().user().home / "go").text);
  if (gopath.unknown) return *gopath.unknown;
  return Path(gopath.value.substr(0, gopath.value.find(':'))) / "pkg/mod";
}

}  // namespace gopol::providers::go
