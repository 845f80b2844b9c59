#include "engine/config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dsl/value/value.h"
#include "engine/config/trust_settings.h"
#include "engine/encoding/repository_address.h"
#include "engine/encoding/table_reader.h"
#include "engine/host/who_may_write.h"

namespace gopol::engine {
namespace {

using detail::TomlValue;

/// One of the two files while it is read into the configuration. The system-wide one is read last
/// and writes over what the user's set.
struct ConfigFile {
  Path path;
  bool system_wide = false;
  const Host& host;
  Config& config;
  dsl::Diagnostics& out;

  /// `~/` is the user's home; else relative to the file's own folder.
  Path file_named(const std::string& text) const {
    if (text.starts_with("~/")) return host.system().user().home / text.substr(2);
    return path.parent() / text;
  }
};

void read_path(ConfigFile& file, TableReader& table, std::string_view name, Path& to) {
  std::string text;
  table.text(name, text);
  if (!text.empty()) to = file.file_named(text);
}

void read_duration(TableReader& table, std::string_view name, std::chrono::seconds& to) {
  const TomlValue* value = table.of_kind(name, TomlValue::Kind::text);
  if (value == nullptr) return;
  const auto duration = dsl::parse_duration(value->text);
  if (!duration || duration->seconds == 0) {
    return table.refuse(
        *value, fmt::format("`{}` is a time like \"90s\", \"15m\", \"12h\" or \"7d\"", name));
  }
  to = std::chrono::seconds(duration->seconds);
}

void read_commit(TableReader& table, ConfiguredSource& source) {
  const TomlValue* value = table.of_kind("commit", TomlValue::Kind::text);
  if (value != nullptr) {
    source.commit = value->text;
    if (value->text.size() != 40 ||
        value->text.find_first_not_of("0123456789abcdef") != std::string::npos) {
      table.refuse(*value, "`commit` is all 40 digits of a commit", "as `git rev-parse` prints it");
    }
  }
  const int named = !source.branch.empty() + !source.tag.empty() + !source.commit.empty();
  for (const char* name : {"commit", "tag"}) {
    const TomlValue* one = table.of_kind(name, TomlValue::Kind::text);
    if (named < 2 || one == nullptr) continue;
    return table.refuse(*one, "a source has one of `branch`, `tag` and `commit`",
                        "remove the others");
  }
}

/// A key that trust hangs on and that would do nothing here is refused.
void refuse_idle(TableReader& table, const ConfiguredSource& source) {
  for (const TrustSetting& setting : trust_settings) {
    const TomlValue* value = table.of_kind(setting.name, TomlValue::Kind::text);
    if (value == nullptr) continue;
    if (source.unsigned_accepted && !setting.nobody) {
      table.refuse(*value, fmt::format("`{}` does nothing where `trust` is \"none\"", setting.name),
                   std::string(setting.instead));
    } else if (!source.commit.empty() && !setting.commit) {
      table.refuse(*value, fmt::format("`{}` does nothing beside `commit`", setting.name),
                   std::string(setting.instead));
    }
  }
}

void read_source(ConfigFile& file, const TomlValue& value) {
  TableReader table(value, "[[source]]", file.out);
  ConfiguredSource source;
  source.system_wide = file.system_wide;
  source.span = value.span;
  table.require("url", "say where the repository is: `url = \"https://git.example/policies\"`");
  table.text("url", source.url);
  table.text("branch", source.branch);
  table.text("tag", source.tag);
  read_commit(table, source);
  table.text("path", source.path);
  table.text("name", source.name);
  read_path(file, table, "revoked", source.revoked);
  read_duration(table, "max_age", source.max_age);
  std::string trust;
  table.text("trust", trust);
  source.unsigned_accepted = trust == "none";
  if (!trust.empty() && !source.unsigned_accepted) source.trust = file.file_named(trust);
  refuse_idle(table, source);
  table.finish();
  auto& all = file.config.sources;
  std::erase_if(all, [&](const ConfiguredSource& other) {
    return other.system_wide != file.system_wide &&
           canonical_repository(other.url) == canonical_repository(source.url) &&
           canonical_path(other.path) == canonical_path(source.path);
  });
  all.push_back(std::move(source));
}

void read_sources(ConfigFile& file, TableReader& top) {
  const TomlValue* sources = top.of_kind("source", TomlValue::Kind::list);
  if (sources == nullptr) return;
  for (const TomlValue& source : sources->list) {
    if (source.kind == TomlValue::Kind::table) {
      read_source(file, source);
    } else {
      top.refuse(source, "a source is a table", "write `[[source]]` and its keys below");
    }
  }
}

void read_labels(ConfigFile& file, TableReader& top) {
  const TomlValue* labels = top.table("labels");
  if (labels == nullptr) return;
  for (const detail::TomlEntry& entry : labels->entries) {
    if (entry.value.kind != TomlValue::Kind::text) {
      top.refuse(
          entry.value,
          fmt::format("label `{}` is a text, not {}", entry.name, detail::name(entry.value.kind)),
          "put it in quotes");
      continue;
    }
    file.config.labels[entry.name] = {entry.value.text, file.system_wide, entry.value.span};
  }
}

void read_download(ConfigFile& file, TableReader& top) {
  const TomlValue* found = top.table("download");
  if (found == nullptr) return;
  TableReader table(*found, "[download]", file.out);
  Config::Download& download = file.config.download;
  if (const TomlValue* go = table.of_kind("go", TomlValue::Kind::text)) {
    const bool known = go->text.starts_with("https://") || go->text.starts_with("http://") ||
                       go->text.starts_with("file:///");
    if (!known)
      table.refuse(*go, "`go` is no https, http or file URL", "as in `https://go.dev/dl`");
    download.go = go->text.substr(0, go->text.find_last_not_of('/') + 1);
  }
  read_path(file, table, "ca", download.ca);
  table.text("proxy", download.proxy);
  read_duration(table, "patience", download.patience);
  table.boolean("trust_index", download.trust_index);
  table.finish();
}

void read_journal(ConfigFile& file, TableReader& top) {
  const TomlValue* found = top.table("journal");
  if (found == nullptr) return;
  TableReader table(*found, "[journal]", file.out);
  read_duration(table, "keep", file.config.keep_old);
  table.finish();
}

void read_providers(ConfigFile& file, TableReader& top) {
  const TomlValue* found = top.table("providers");
  if (found == nullptr) return;
  TableReader table(*found, "[providers]", file.out);
  read_path(file, table, "folder", file.config.providers.folder);
  read_duration(table, "deadline", file.config.providers.deadline);
  table.finish();
}

/// T6013 if somebody else could write a file that says whom to trust.
bool is_ours(const ConfigFile& file, const Path& path) {
  const auto open = who_may_write(path, file.host.disk(), file.host.system());
  if (!open) {
    file.out.insert(file.out.end(), open.error().begin(), open.error().end());
    return false;
  }
  if (*open) file.out.push_back(dsl::problem("T6013", (*open)->text(), (*open)->help()));
  return !*open;
}

void read_file(ConfigFile file, dsl::SourceMap& sources) {
  if (!is_ours(file, file.path)) return;
  auto text = file.host.disk().read(file.path);
  if (!text) {
    file.out.insert(file.out.end(), text.error().begin(), text.error().end());
    return;
  }
  if (!*text) return;
  file.config.files.push_back(file.path);
  const auto document = detail::parse_toml(sources.add(file.path.text, std::move(**text)), sources);
  if (!document) {
    file.out.insert(file.out.end(), document.error().begin(), document.error().end());
    return;
  }
  TableReader top(*document, "", file.out);
  read_sources(file, top);
  read_labels(file, top);
  read_download(file, top);
  read_providers(file, top);
  read_journal(file, top);
  top.finish();
}

}  // namespace

Result<Config> load_config(const Host& host, dsl::SourceMap& sources) {
  Config config;
  dsl::Diagnostics out;
  const auto named = host.system().environment("GOPOL_CONFIG");
  const Path mine =
      named && !named->empty() ? Path(*named) : config_folder(host.system()) / "gopol.toml";
  const Path all = system_config_folder(host.system()) / "gopol.toml";
  read_file({mine, false, host, config, out}, sources);
  read_file({all, true, host, config, out}, sources);
  std::stable_partition(config.sources.begin(), config.sources.end(),
                        [](const ConfiguredSource& source) { return source.system_wide; });
  if (!config.download.ca.empty()) is_ours({all, true, host, config, out}, config.download.ca);
  if (dsl::has_errors(out)) {
    dsl::sort(out);
    return out;
  }
  return config;
}

}  // namespace gopol::engine
