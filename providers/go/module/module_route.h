#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"
#include "providers/go/env/setting.h"

namespace gopol::providers::go {

/// One element of the chain that is asked for a module.
struct RouteStep {
  std::string element;        ///< https://proxy.golang.org, direct, off
  std::string request;        ///< what is asked first there: an address; empty for `off`
  bool on_any_error = false;  ///< the next one is asked after any error, not only 404 and 410
  std::string stops = {};     ///< why go asks nothing here, and ends: GOVCS forbids it
};

/// Whether a module path belongs to somebody, as far as its name tells.
enum class Looks { private_path, public_host, unclear };

/// How the checksum database is asked.
enum class SumdbRoute {
  none,        ///< not at all
  directly,    ///< at its own host
  by_proxy,    ///< through the first proxy that serves it, else directly
  at_address,  ///< at an address that GOSUMDB gives: its own host learns nothing
};

/// Where go would get a module from, and who learns its path.
struct ModuleRoute {
  std::string path, version;     ///< the version as asked for: v1.2.3, a branch, latest
  std::vector<RouteStep> steps;  ///< in order
  std::string no_proxy;          ///< why the chain is left out: the variable that matches
  bool insecure = false;         ///< plain HTTP and bad certificates are accepted if direct
  std::string vcs_rule, vcs;     ///< `public`, `git|hg`; empty if nothing is fetched directly
  std::string vcs_stops;         ///< why go ends once the host has named a repository: a bad GOVCS
  std::string sumdb;             ///< the database that is asked; empty: none
  SumdbRoute sumdb_route = SumdbRoute::none;
  std::string sumdb_reason;  ///< for people: where it is asked, or why not
  std::string sumdb_stops;   ///< why go ends after it has downloaded: a bad GOSUMDB
  Looks looks = Looks::unclear;
  std::string looks_reason;
  std::string keep;                  ///< the pattern that keeps it from the servers below
  std::vector<std::string> keep_in;  ///< and the variables that have to name it
  struct Told {
    std::string server, on;  ///< `on`: under which condition; empty: always
  };
  std::vector<Told> told;  ///< public servers that learn a path that looks private
  std::vector<std::pair<std::string, Setting>> settings;  ///< that were asked, by name
  std::vector<std::string> errors;                        ///< why go ends before it asks anybody
};

/// What a route depends on beyond the machine.
struct RouteKnowledge {
  std::vector<std::string> public_proxies, public_hosts;  ///< host names
  std::vector<std::string> private_patterns;              ///< of the policy: GOPRIVATE's globs
};

/// Errors (P0001): no module path.
/// Source: cmd/go/internal/modfetch (proxyList, lookup, useSumDB, initBase), cmd/go/internal/vcs.
dsl::Result<ModuleRoute> module_route(std::string_view module, const Variables& variables,
                                      const RouteKnowledge& knowledge);

/// How a proxy is asked for a path or version: each upper-case letter as `!` and the lower-case
/// one.
std::string escaped_module(std::string_view text);

}  // namespace gopol::providers::go
