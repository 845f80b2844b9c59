#include "providers/go/run/discovery.h"

#include <algorithm>
#include <set>
#include <utility>

#include "providers/go/env/env.h"
#include "providers/read/reading.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using engine::Host;

/// A folder whose entries that begin with `prefix` hold a Go each, at `inside`.
struct Place {
  std::string origin;
  Path folder;
  std::string prefix, inside;
};

std::string variable_or(const Host& host, const char* name, const std::string& otherwise) {
  const auto value = host.system().environment(name);
  return value && value->starts_with('/') ? *value : otherwise;
}

/// The first element of GOPATH is where `go` puts what it downloads.
std::string module_cache(const Host& host) {
  const std::string gopath = variable_or(host, "GOPATH", host.system().user().home.text + "/go");
  return variable_or(host, "GOMODCACHE", gopath.substr(0, gopath.find(':')) + "/pkg/mod");
}

/// Homebrew's kegs: Cellar/go/1.22.2/libexec, Cellar/go@1.21/1.21.9/libexec.
void add_brew(const Host& host, std::vector<Place>& out) {
  for (const char* prefix : {"/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"}) {
    const Path cellar = Path(prefix) / "Cellar";
    const auto racks = host.disk().list(cellar);
    if (!racks) continue;
    for (const std::string& rack : *racks) {
      if (rack == "go" || rack.starts_with("go@"))
        out.push_back({"brew", cellar / rack, "", "libexec"});
    }
  }
}

std::vector<Place> places(const Host& host) {
  const Path& home = host.system().user().home;
  const Path asdf(variable_or(host, "ASDF_DATA_DIR", (home / ".asdf").text));
  const Path mise(variable_or(host, "MISE_DATA_DIR", (home / ".local/share/mise").text));
  std::vector<Place> out{
      {"gopol", own_trees(host.system()), "go", ""},
      {"goenv", Path(variable_or(host, "GOENV_ROOT", (home / ".goenv").text)) / "versions", "", ""},
      {"asdf", asdf / "installs/golang", "", "go"},
      {"mise", mise / "installs/go", "", ""},
      {"mise", mise / "installs/go", "", "go"},
      {"sdk", home / "sdk", "go", ""},
      {"g", home / ".g/versions", "", ""},
      {"gvm", home / ".gvm/gos", "go", ""},
      {"gotoolchain", Path(module_cache(host)) / "golang.org", "toolchain@", ""},
      {"distribution", Path("/usr/lib"), "go-", ""},
  };
  add_brew(host, out);
  return out;
}

/// /usr/local/go comes from an archive or, on macOS, from the package, which leaves a receipt.
std::string origin_of_usr_local(const Host& host) {
  const auto receipt = host.disk().stat(Path("/private/var/db/receipts/org.golang.go.plist"));
  return receipt && receipt->type == engine::FileStatus::Type::regular ? "pkg" : "archive";
}

struct Candidate {
  Path path;
  std::string origin;
};

std::vector<Candidate> candidates(const Host& host) {
  std::vector<Candidate> out;
  for (const Place& place : places(host)) {
    const auto names = host.disk().list(place.folder);
    if (!names) continue;  // a folder that cannot be read holds nothing that we could use
    for (const std::string& name : *names) {
      if (name.starts_with('.') || !name.starts_with(place.prefix)) continue;
      const Path tree = place.folder / name;
      out.push_back({place.inside.empty() ? tree : tree / place.inside, place.origin});
    }
  }
  out.push_back({Path("/usr/local/go"), origin_of_usr_local(host)});
  for (const char* path : {"/usr/lib/go", "/usr/lib/golang"})
    out.push_back({Path(path), "distribution"});
  return out;
}

}  // namespace

std::vector<std::string> origins() {
  return {"archive", "pkg", "brew", "goenv",       "asdf",         "mise",
          "sdk",     "g",   "gvm",  "gotoolchain", "distribution", "gopol"};
}

Path own_trees(const engine::System& system) { return default_toolchain_link(system).parent(); }

std::vector<FoundGo> find_toolchains(const Host& host) {
  std::vector<FoundGo> out;
  std::set<Path> seen;
  for (Candidate& candidate : candidates(host)) {
    const auto real = host.disk().resolve(candidate.path);
    if (!real || !*real || seen.contains(**real)) continue;
    GoTree tree = read_tree(host.disk(), candidate.path);
    if (tree.version.is_absent()) continue;
    seen.insert(**real);
    // An alias (`current`, mise's `latest`, `go -> go-1.19`) is listed as the tree that it leads
    // to.
    const auto status = host.disk().stat(candidate.path);
    const bool alias = status && status->type == engine::FileStatus::Type::symlink;
    out.push_back(
        {alias ? **real : std::move(candidate.path), std::move(candidate.origin), std::move(tree)});
  }
  std::sort(out.begin(), out.end(),
            [](const FoundGo& a, const FoundGo& b) { return a.path < b.path; });
  return out;
}

std::string origin_of(const Path& path, const Host& host) {
  const auto real = host.disk().resolve(path);
  if (!real || !*real) return "archive";
  for (const Candidate& candidate : candidates(host)) {
    const auto other = host.disk().resolve(candidate.path);
    if (other && *other == *real) return candidate.origin;
  }
  return "archive";
}

}  // namespace gopol::providers::go
