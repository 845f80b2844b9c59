#include "providers/go/module/module_route.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/chain.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/glob.h"
#include "providers/go/env/sumdb.h"
#include "providers/go/env/vcs.h"
#include "providers/go/module/module_looks.h"
#include "providers/go/module/module_path.h"
#include "providers/lint/proxy_address.h"

namespace gopol::providers::go {
namespace {

constexpr std::string_view toolchain_module = "golang.org/toolchain";

std::string host_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// Source: golang.org/x/mod/module.CheckPath.
bool is_odd(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return !letter && std::string_view("-._~/").find(c) == std::string_view::npos;
}

dsl::Result<ModuleRoute> parse(std::string_view module) {
  ModuleRoute out;
  const std::size_t at = module.find('@');
  out.path = std::string(module.substr(0, at));
  out.version = at == std::string_view::npos ? "latest" : std::string(module.substr(at + 1));
  const bool odd = std::any_of(out.path.begin(), out.path.end(), is_odd) ||
                   out.path.find("//") != std::string::npos || out.path.starts_with('/') ||
                   out.path.ends_with('/') || out.version.empty();
  if (out.path.empty() || odd) {
    return dsl::problem("P0001", fmt::format("`{}` is no module path", module),
                        "write it as in go.mod: `example.com/team/lib`, `example.com/lib@v1.2.3`");
  }
  if (host_of(out.path).find('.') == std::string::npos) {
    return dsl::problem("P0001", fmt::format("go fetches no `{}`", out.path),
                        "the first part of a module path is a host, with a dot in it");
  }
  return out;
}

/// `a`, `a and b`, of what has to fail before the next is asked.
std::string all_of(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, " and "));
}

class Router {
 public:
  Router(ModuleRoute route, const Variables& variables, const RouteKnowledge& knowledge)
      : out_(std::move(route)),
        variables_(variables),
        knowledge_(knowledge),
        repository_(known_repository(out_.path, variables.minor())) {}

  ModuleRoute run() {
    check_mode();
    if (std::string why = malformed_path(out_.path); !why.empty()) out_.errors.push_back(why);
    // GOPRIVATE is the default of the two lists, also where they are set to nothing.
    const std::string globs = decisive("GOPRIVATE");
    is_private_ = match_prefix_patterns(globs, out_.path);
    const std::string no_proxy = decisive("GONOPROXY"), no_sumdb = decisive("GONOSUMDB");
    const std::string insecure = setting("GOINSECURE").value;
    const std::string by_proxy = no_proxy.empty() ? "GOPRIVATE" : "GONOPROXY";
    const std::string by_sumdb = no_sumdb.empty() ? "GOPRIVATE" : "GONOSUMDB";
    proxies(no_proxy.empty() ? globs : no_proxy, by_proxy);
    if (RouteStep* direct = direct_step()) {
      out_.insecure = match_prefix_patterns(insecure, out_.path);
      version_control(globs, *direct);
    }
    if (!out_.steps.empty() && !out_.steps.front().stops.empty())
      out_.errors.push_back(out_.steps.front().stops);
    database(no_sumdb.empty() ? globs : no_sumdb, by_sumdb);
    Look look = look_at(out_.path, knowledge_);
    if (is_private_) look = {Looks::private_path, "GOPRIVATE names it", host_of(out_.path)};
    out_.looks = look.looks;
    out_.looks_reason = std::move(look.reason);
    if (out_.looks == Looks::private_path && out_.errors.empty()) leaks();
    if (out_.told.empty()) return std::move(out_);
    out_.keep = look.pattern;
    out_.keep_in = by_proxy == by_sumdb ? std::vector{by_proxy} : std::vector{by_proxy, by_sumdb};
    return std::move(out_);
  }

 private:
  const Setting& setting(std::string_view name) {
    const EnvVariable* known = find_env_variable(name);
    out_.settings.emplace_back(name,
                               variables_.find(name, known == nullptr ? "" : known->built_in));
    return out_.settings.back().second;
  }

  static std::string unknown(const Setting& found) { return "unknown: " + found.unknown->reason; }

  /// A setting that decides who is asked at all.
  std::string decisive(std::string_view name) {
    const Setting& found = setting(name);
    if (found.unknown) out_.errors.push_back(unknown(found));
    return found.value;
  }

  /// Without modules go asks nobody for one. Source: cmd/go/internal/modload.Init.
  void check_mode() {
    const Setting mode = variables_.find("GO111MODULE", "");
    if (mode.value == "off") {
      out_.errors.emplace_back("modules disabled by GO111MODULE=off");
    } else if (!mode.value.empty() && mode.value != "on" && mode.value != "auto") {
      out_.errors.push_back("unknown environment setting GO111MODULE=" + mode.value);
    }
  }

  RouteStep* direct_step() {
    const auto found = std::find_if(out_.steps.begin(), out_.steps.end(),
                                    [](const RouteStep& step) { return step.element == "direct"; });
    return found == out_.steps.end() ? nullptr : &*found;
  }

  std::string request_of(const std::string& element) const {
    if (element == "direct") {
      if (repository_.root.empty()) return "https://" + out_.path + "?go-get=1";
      return "https://" + repository_.root;
    }
    const std::string module =
        element + (element.ends_with('/') ? "" : "/") + escaped_module(out_.path) + "/@v/";
    return out_.version == "latest" ? module + "list"
                                    : module + escaped_module(out_.version) + ".info";
  }

  void proxies(const std::string& no_proxy, const std::string& by) {
    const Setting& said = setting("GOPROXY");
    auto chain = dsl::parse_chain(said.value);
    if (said.unknown) {
      out_.errors.push_back(unknown(said));
    } else if (chain) {
      chain_ = std::move(*chain);
    }
    if (match_prefix_patterns(no_proxy, out_.path)) {
      out_.no_proxy = by;
      out_.steps.push_back({"direct", request_of("direct")});
      return;
    }
    if (!chain && !said.unknown) out_.errors.push_back(chain.error().front().message);
    for (const dsl::Chain::Link& link : chain_.links) {
      const bool off = link.text == "off";
      out_.steps.push_back({link.text, off ? "" : request_of(link.text), link.on_any_error});
    }
  }

  /// GOVCS counts only where the host itself is asked, after all that come before it.
  void version_control(const std::string& globs, RouteStep& direct) {
    const Setting& said = setting("GOVCS");
    const auto rules = parse_vcs(said.value);
    direct.stops = repository_.error;
    if (!direct.stops.empty()) return;
    if (said.unknown || !rules) {
      const std::string why = said.unknown ? unknown(said) : rules.error().front().message.text();
      // Where the host has to be asked for the repository, that is done before.
      (repository_.root.empty() ? out_.vcs_stops : direct.stops) = why;
      return;
    }
    const std::string& root = repository_.root.empty() ? out_.path : repository_.root;
    const bool is_private = match_prefix_patterns(globs, root);
    const VcsRule rule = deciding_rule(*rules, root, is_private);
    out_.vcs_rule = rule.pattern;
    out_.vcs = fmt::format("{}", fmt::join(rule.allowed, "|"));
    if (repository_.vcs.empty() || allows_vcs(*rules, root, is_private, repository_.vcs)) return;
    direct.stops = fmt::format("GOVCS disallows using {} for {} {}", repository_.vcs,
                               is_private ? "private" : "public", root);
  }

  void database(const std::string& no_sumdb, const std::string& by) {
    const Setting& asked = setting("GOSUMDB");
    const std::string& value = asked.value;
    if (asked.unknown) {
      out_.sumdb_stops = out_.sumdb_reason = unknown(asked);
      return;
    }
    if (value == "off") {
      out_.sumdb_reason = "GOSUMDB=off";
      return;
    }
    if (out_.path != toolchain_module && match_prefix_patterns(no_sumdb, out_.path)) {
      out_.sumdb_reason = by + " names it";
      return;
    }
    const auto name = sumdb_name(value);
    if (!name) {
      out_.sumdb_stops = out_.sumdb_reason = name.error().front().message;
      return;
    }
    out_.sumdb = *name;
    find_database(value);
  }

  /// Also for a module that GONOPROXY keeps from the proxies, each is asked whether it serves the
  /// database. Source: cmd/go/internal/modfetch.dbClient.initBase.
  void find_database(const std::string& value) {
    const std::size_t blank = value.find(' ');
    if (value == "sum.golang.google.cn" || blank != std::string::npos) {
      out_.sumdb_route = SumdbRoute::at_address;
      out_.sumdb_reason =
          "asked at " + (blank == std::string::npos ? "https://" + value : value.substr(blank + 1));
      return;
    }
    std::vector<std::string> through;
    for (const dsl::Chain::Link& link : chain_.links) {
      if (link.text != "direct" && link.text != "off") through.push_back(link.text);
    }
    out_.sumdb_route = through.empty() ? SumdbRoute::directly : SumdbRoute::by_proxy;
    out_.sumdb_reason =
        through.empty()
            ? "asked directly"
            : fmt::format("asked through {} if {} serves it, else directly",
                          fmt::join(through, " or "), through.size() == 1 ? "that" : "one");
  }

  bool is_public(const std::string& element) const {
    const auto& all = knowledge_.public_proxies;
    return std::find(all.begin(), all.end(), lint::parse_address(element).host) != all.end();
  }

  /// Whether a version can come at all, which is what the database is asked about.
  bool may_arrive() const {
    return std::any_of(out_.steps.begin(), out_.steps.end(), [](const RouteStep& step) {
      return step.element != "off" && step.stops.empty();
    });
  }

  static std::string lacks(const std::string& element, bool on_any_error) {
    return element + (on_any_error ? " does not have it or fails" : " does not have it");
  }

  /// Only servers that are known to be public, and only those that go asks without doubt, or after
  /// an answer that is named. What ends go later does not take back what it has asked.
  void leaks() {
    const bool is_checked = !out_.sumdb.empty() && may_arrive();
    const bool by_proxy = is_checked && out_.sumdb_route == SumdbRoute::by_proxy;
    std::vector<std::string> before, names;
    for (const dsl::Chain::Link& link : chain_.links) {
      if (link.text == "direct" || link.text == "off") break;
      const bool is_asked = out_.no_proxy.empty();
      const std::string no_database =
          names.empty() ? ""
                        : fmt::format("{} {} not pass on the checksum database",
                                      fmt::join(names, " and "), names.size() == 1 ? "does" : "do");
      if (is_public(link.text) && is_asked) {
        std::string on = before.empty() ? "" : "if " + all_of(before);
        if (!on.empty() && by_proxy) on += ", or if " + no_database;
        out_.told.push_back({link.text, std::move(on)});
      } else if (is_public(link.text) && by_proxy) {
        out_.told.push_back({link.text, "if it passes on the checksum database" +
                                            (names.empty() ? "" : " and " + no_database)});
      }
      before.push_back(lacks(link.text, link.on_any_error));
      names.push_back(link.text);
    }
    if (is_checked && out_.sumdb == "sum.golang.org" && out_.sumdb_route != SumdbRoute::at_address)
      out_.told.push_back({out_.sumdb, "unless go.sum has the version"});
  }

  ModuleRoute out_;
  const Variables& variables_;
  const RouteKnowledge& knowledge_;
  const KnownRepository repository_;
  bool is_private_ = false;
  dsl::Chain chain_;  ///< GOPROXY; empty: it is bad or unknown
};

}  // namespace

std::string escaped_module(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper) out += '!';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

dsl::Result<ModuleRoute> module_route(std::string_view module, const Variables& variables,
                                      const RouteKnowledge& knowledge) {
  auto route = parse(module);
  if (!route) return route;
  return Router(std::move(*route), variables, knowledge).run();
}

}  // namespace gopol::providers::go
