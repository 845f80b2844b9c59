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

/// The forges whose version control go knows by name; else an address that ends in one says it.
std::string known_vcs(std::string_view path) {
  for (const std::string_view host : {"github.com/", "bitbucket.org/", "git.apache.org/",
                                      "git.openstack.org/", "hub.jazz.net/git/"}) {
    if (path.starts_with(host)) return "git";
  }
  if (path.starts_with("chiselapp.com/")) return "fossil";
  for (const std::string_view name : {"git", "hg", "svn", "bzr", "fossil"}) {
    const std::string ending = "." + std::string(name);
    if (path.ends_with(ending) || path.find(ending + "/") != std::string_view::npos)
      return std::string(name);
  }
  return {};
}

/// Of a known forge the repository: its host and two more parts.
std::string repository_of(const std::string& path) {
  std::size_t end = 0;
  for (int slashes = 0; end < path.size(); ++end) {
    if (path[end] == '/' && ++slashes == 3) break;
  }
  return path.substr(0, end);
}

class Router {
 public:
  Router(ModuleRoute route, const Variables& variables, const RouteKnowledge& knowledge)
      : out_(std::move(route)), variables_(variables), knowledge_(knowledge) {}

  ModuleRoute run() {
    // GOPRIVATE is the default of the two lists, also where they are set to nothing.
    const std::string globs = setting("GOPRIVATE");
    is_private_ = match_prefix_patterns(globs, out_.path);
    const std::string no_proxy = setting("GONOPROXY"), no_sumdb = setting("GONOSUMDB");
    const std::string insecure = setting("GOINSECURE");
    const std::string by_proxy = no_proxy.empty() ? "GOPRIVATE" : "GONOPROXY";
    const std::string by_sumdb = no_sumdb.empty() ? "GOPRIVATE" : "GONOSUMDB";
    proxies(no_proxy.empty() ? globs : no_proxy, by_proxy);
    out_.insecure = is_direct() && match_prefix_patterns(insecure, out_.path);
    if (is_direct()) version_control();
    database(no_sumdb.empty() ? globs : no_sumdb, by_sumdb);
    Look look = look_at(out_.path, knowledge_);
    if (is_private_) look = {Looks::private_path, "GOPRIVATE names it", host_of(out_.path)};
    out_.looks = look.looks;
    out_.looks_reason = std::move(look.reason);
    // Where go stops at a setting, it asks nobody.
    if (out_.looks == Looks::private_path && out_.errors.empty()) leaks();
    if (out_.told.empty()) return std::move(out_);
    out_.keep = look.pattern;
    out_.keep_in = by_proxy == by_sumdb ? std::vector{by_proxy} : std::vector{by_proxy, by_sumdb};
    return std::move(out_);
  }

 private:
  std::string setting(std::string_view name) {
    const EnvVariable* known = find_env_variable(name);
    Setting found = variables_.find(name, known == nullptr ? "" : known->built_in);
    if (found.unknown) out_.errors.push_back("unknown: " + found.unknown->reason);
    std::string value = found.value;
    out_.settings.emplace_back(name, std::move(found));
    return value;
  }

  bool is_direct() const {
    return std::any_of(out_.steps.begin(), out_.steps.end(),
                       [](const RouteStep& step) { return step.element == "direct"; });
  }

  std::string request_of(const std::string& element) const {
    const std::string vcs = known_vcs(out_.path);
    if (element == "direct") {
      if (vcs.empty()) return "https://" + out_.path + "?go-get=1";
      return "https://" + repository_of(out_.path);
    }
    const std::string module =
        element + (element.ends_with('/') ? "" : "/") + escaped_module(out_.path) + "/@v/";
    return out_.version == "latest" ? module + "list"
                                    : module + escaped_module(out_.version) + ".info";
  }

  void proxies(const std::string& no_proxy, const std::string& by) {
    const auto chain = dsl::parse_chain(setting("GOPROXY"));
    if (chain) find_first_proxy(*chain);
    if (match_prefix_patterns(no_proxy, out_.path)) {
      out_.no_proxy = by;
      out_.steps.push_back({"direct", request_of("direct")});
      return;
    }
    if (!chain) {
      out_.errors.push_back(chain.error().front().message);
      return;
    }
    for (const dsl::Chain::Link& link : chain->links) {
      const bool off = link.text == "off";
      out_.steps.push_back({link.text, off ? "" : request_of(link.text), link.on_any_error});
    }
  }

  void find_first_proxy(const dsl::Chain& chain) {
    for (const dsl::Chain::Link& link : chain.links) {
      if (lint::parse_address(link.text).host.empty()) continue;
      first_proxy_ = link.text;
      return;
    }
  }

  void version_control() {
    const auto rules = parse_vcs(setting("GOVCS"));
    if (!rules) {
      out_.errors.push_back(rules.error().front().message);
      return;
    }
    const VcsRule rule = deciding_rule(*rules, out_.path, is_private_);
    out_.vcs_rule = rule.pattern;
    out_.vcs = fmt::format("{}", fmt::join(rule.allowed, "|"));
    const std::string vcs = known_vcs(out_.path);
    if (!vcs.empty() && !allows_vcs(*rules, out_.path, is_private_, vcs)) {
      out_.errors.push_back(fmt::format("GOVCS disallows using {} for {} {}", vcs,
                                        is_private_ ? "private" : "public", out_.path));
    }
  }

  void database(const std::string& no_sumdb, const std::string& by) {
    const Setting& asked = (setting("GOSUMDB"), out_.settings.back().second);
    const std::string& value = asked.value;
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
      out_.errors.push_back(name.error().front().message);
      return;
    }
    out_.sumdb = *name;
    out_.sumdb_route = SumdbRoute::directly;
    const std::size_t blank = value.find(' ');
    if (value == "sum.golang.google.cn") {
      out_.sumdb_route = SumdbRoute::at_address;
      out_.sumdb_reason = "asked at https://sum.golang.google.cn";
    } else if (blank != std::string::npos) {
      out_.sumdb_route = SumdbRoute::at_address;
      out_.sumdb_reason = "asked at " + value.substr(blank + 1);
    } else if (!first_proxy_.empty()) {
      // Also for a module that GONOPROXY keeps from that proxy.
      out_.sumdb_route = SumdbRoute::by_proxy;
      out_.sumdb_reason =
          fmt::format("asked through {} if that serves it, else directly", first_proxy_);
    } else {
      out_.sumdb_reason = "asked directly";
    }
  }

  bool is_public(const std::string& element) const {
    const auto& all = knowledge_.public_proxies;
    return std::find(all.begin(), all.end(), lint::parse_address(element).host) != all.end();
  }

  /// Only servers that are known to be public, and only those that go asks without doubt, or after
  /// an answer that is named.
  void leaks() {
    std::vector<std::string> before;
    for (const RouteStep& step : out_.steps) {
      if (is_public(step.element)) {
        out_.told.push_back(
            {step.element, before.empty() ? "" : fmt::format("if {}", fmt::join(before, " and "))});
      }
      before.push_back(
          fmt::format("{} {}", step.element,
                      step.on_any_error ? "does not have it or fails" : "does not have it"));
    }
    if (out_.sumdb == "sum.golang.org" && out_.sumdb_route != SumdbRoute::at_address)
      out_.told.push_back({out_.sumdb, "unless go.sum has the version"});
  }

  ModuleRoute out_;
  const Variables& variables_;
  const RouteKnowledge& knowledge_;
  bool is_private_ = false;
  std::string first_proxy_;  ///< of the chain
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
