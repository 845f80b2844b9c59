#include "providers/git/config_reading.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/reading.h"

namespace gopol::providers::git {
namespace {

using dsl::Path;
using engine::Host;
using Type = ConfigPart::Type;

constexpr int most_deep = 10;  // as git has it

bool is_include(const ConfigPart& part) {
  return part.type == Type::entry &&
         (part.name == "include.path" ||
          (part.name.starts_with("includeif.") && part.name.ends_with(".path")));
}

/// Nothing: files alone do not tell which file is meant.
std::optional<Path> included_file(const ConfigPart& include, const Path& from, const Host& host) {
  if (!include.value || include.value->empty() || include.value->starts_with("%(prefix)"))
    return {};
  const std::string& text = *include.value;
  if (text.starts_with("~/")) return host.system().user().home / text.substr(2);
  if (text.front() == '~') return {};
  return from.parent() / text;
}

bool may_set(const ConfigPart& include, const Path& from, const std::string& key, const Host& host,
             int depth) {
  const auto file = included_file(include, from, host);
  if (!file || depth > most_deep) return true;
  const FileText text = read_text(host, *file);
  if (!text.there) return text.why_not.is_unknown();
  const ConfigText parsed = parse_config(text.text);
  if (parsed.broken_at != 0) return true;
  for (const ConfigPart& part : parsed.parts) {
    if (part.type == Type::entry && part.name == key) return true;
    if (is_include(part) && may_set(part, *file, key, host, depth + 1)) return true;
  }
  return false;
}

class Reading {
 public:
  Reading(std::string key, const Host& host) : key_(std::move(key)), host_(host) {}

  KeyState run() {
    const GlobalFiles files = global_files(host_.system());
    read(files.xdg);
    read(files.home);
    return std::move(out_);
  }

 private:
  void lose(std::string reason, std::string remedy = {}) {
    out_.unknown_last = dsl::Unknown{std::move(reason), std::move(remedy)};
    if (!out_.unknown_all) out_.unknown_all = out_.unknown_last;
  }

  void read(const Path& file) {
    const FileText text = read_text(host_, file);
    if (const auto* why = text.why_not.as<dsl::Unknown>()) return lose(why->reason, why->remedy);
    const ConfigText parsed = parse_config(text.text);
    for (const ConfigPart& part : parsed.parts) take(part, file);
    if (parsed.broken_at == 0) return;
    broken_ = true;
    lose(fmt::format("{}:{}: git cannot read this line", file.text, parsed.broken_at),
         "mend it: git stops there too");
  }

  void take(const ConfigPart& part, const Path& file) {
    if (part.type != Type::entry) return;
    const auto place = [&] { return fmt::format("{}:{}", file.text, part.line); };
    if (part.name == key_) {
      out_.lines.push_back({file, part.line, part.value});
      if (!broken_) out_.unknown_last.reset();
      if (part.depends_on_git)
        lose(place() + " has a tab between words, which git's versions read differently",
             "put the value in double quotes");
    } else if (is_include(part) && may_set(part, file, key_, host_, 1)) {
      lose(fmt::format("{} includes {}, which may set it", place(), part.value.value_or("a file")),
           "set it behind that line");
    }
  }

  std::string key_;
  const Host& host_;
  bool broken_ = false;  ///< then git reads nothing at all
  KeyState out_;
};

}  // namespace

GlobalFiles global_files(const engine::System& system) {
  const Path& home = system.user().home;
  const auto xdg = system.environment("XDG_CONFIG_HOME");
  const bool is_set = xdg && xdg->starts_with('/');
  return {(is_set ? Path(*xdg) : home / ".config") / "git/config", home / ".gitconfig"};
}

Path written_file(const Host& host) {
  const GlobalFiles files = global_files(host.system());
  const auto is_there = [&](const Path& file) {
    const auto status = host.disk().stat_target(file);
    return !status || status->type != engine::FileStatus::Type::absent;
  };
  return !is_there(files.home) && is_there(files.xdg) ? files.xdg : files.home;
}

KeyState read_key(const ConfigKey& key, const Host& host) {
  return Reading(key.canonical(), host).run();
}

}  // namespace gopol::providers::git
