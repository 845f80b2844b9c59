#include "providers/brew/formula_rehearsal.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "providers/brew/kegs.h"
#include "providers/read/go_stub.h"
#include "providers/read/go_text.h"
#include "providers/read/mac.h"
#include "providers/read/reading.h"

namespace gopol::providers::brew {
namespace {

using dsl::Done;
using dsl::Path;
using dsl::Result;
using dsl::Value;
using engine::Disk;
using engine::Foresight;
using engine::Host;

/// Where brew keeps what it takes from its servers.
Path index_folder(const Host& host) {
  return host.system().user().home / "Library/Caches/Homebrew/api";
}

bool has_line(std::string_view text, std::string_view name) {
  const auto lines = go::split(text, '\n');
  return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
    return line.substr(0, line.find('|')) == name;  // of an alias: `golang|go`
  });
}

/// Taps have formulae that no list of brew's names.
bool has_taps(const Prefix& prefix, const Host& host) {
  for (const char* folder : {"Library/Taps", "Homebrew/Library/Taps"}) {
    const auto names = host.disk().list(prefix.path / folder);
    if (!names || !names->empty()) return true;
  }
  return false;
}

/// Where brew keeps no list, and for formulae of taps, it may be there.
Result<Done> check_name(const std::string& name, const Prefix& prefix, const Host& host) {
  if (name.find('/') != std::string::npos || has_taps(prefix, host)) return Done{};
  const FileText names = read_text(host, index_folder(host) / "formula_names.txt");
  const FileText aliases = read_text(host, index_folder(host) / "formula_aliases.txt");
  if (!names.there || has_line(names.text, name) || has_line(aliases.text, name)) return Done{};
  return dsl::problem("R4002", fmt::format("brew's list of formulae has no `{}`", name),
                      "`brew update` brings a new list");
}

/// The links of PREFIX/bin that lead into a rack.
Result<Done> unlink_programs(const Path& rack, const Prefix& prefix, Host& copy) {
  const Path bin = prefix.path / "bin";
  const auto names = copy.disk().list(bin);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const auto target = copy.disk().read_link(bin / name);
    if (!target || !*target) continue;
    if (!Path((bin / **target).text).is_within(rack)) continue;
    if (auto done = copy.disk().remove(bin / name); !done) return done;
  }
  return Done{};
}

Result<Done> take_away(const std::string& folder, const Prefix& prefix, Host& copy) {
  const Path rack = prefix.path / "Cellar" / folder;
  if (auto done = unlink_programs(rack, prefix, copy); !done) return done;
  for (const char* links : {"opt", "var/homebrew/linked", "var/homebrew/pinned"}) {
    if (auto done = copy.disk().remove(prefix.path / links / folder); !done) return done;
  }
  return copy.disk().remove_tree(rack);
}

/// A keg of a Go, and its links: those in PREFIX/bin too, unless the formula is one of an old
/// version.
Result<Done> put_go(const std::string& folder, const std::string& version, const Prefix& prefix,
                    Host& copy) {
  Disk& disk = copy.disk();
  const Path keg = prefix.path / "Cellar" / folder / version;
  const std::string_view release = std::string_view(version).substr(0, version.find('_'));
  const go::GoStub stub{fmt::format("go{}", release), is_mac(copy) ? "darwin" : "linux",
                        prefix.arch == "arm64" ? "arm64" : "amd64"};
  auto done = go::write_go_stub(stub, keg / "libexec", disk);
  const auto link = [&](const Path& at, const std::string& target) {
    if (done) done = disk.link(at, target);
  };
  link(prefix.path / "opt" / folder, fmt::format("../Cellar/{}/{}", folder, version));
  for (const char* program : {"go", "gofmt"}) {
    link(keg / "bin" / program, fmt::format("../libexec/bin/{}", program));
    if (folder == "go")
      link(prefix.path / "bin" / program, fmt::format("../Cellar/go/{}/bin/{}", version, program));
  }
  if (folder == "go")
    link(prefix.path / "var/homebrew/linked/go", fmt::format("../../../Cellar/go/{}", version));
  return done;
}

}  // namespace

Result<Foresight> foresee(const engine::Change& change, const Prefix& prefix, Host& copy) {
  const std::string folder = short_name(change.key);
  const auto* exists = change.find("exists");
  if (exists != nullptr && exists->to == Value(false)) {
    if (const auto done = take_away(folder, prefix, copy); !done) return done.error();
    return Foresight::all;
  }
  const auto* wanted = change.find("version");
  if (exists == nullptr && wanted == nullptr) return Foresight::all;  // a pin alone
  if (const auto good = check_name(change.key, prefix, copy); !good) return good.error();
  const auto* version = wanted != nullptr ? wanted->to.as<dsl::Version>() : nullptr;
  const bool is_go = folder == "go" || folder.starts_with("go@");
  if (version == nullptr || !is_go) return Foresight::unknown;
  if (const auto done = put_go(folder, version->text, prefix, copy); !done) return done.error();
  return Foresight::all;
}

}  // namespace gopol::providers::brew
