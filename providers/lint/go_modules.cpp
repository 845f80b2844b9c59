#include "providers/lint/go_modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include "providers/go/env/glob.h"
#include "providers/lint/proxy_address.h"

namespace gopol::providers::lint {
namespace {

/// The elements of a rule's GOPROXY; empty if it leaves a choice.
const std::vector<dsl::Chain::Link>& links(const Said& proxy) {
  static const std::vector<dsl::Chain::Link> none;
  const dsl::Value* value = proxy.value();
  const auto* chain = value == nullptr ? nullptr : value->as<dsl::Chain>();
  return chain == nullptr ? none : chain->links;
}

bool is_public(const dsl::Address& address, const Knowledge& knowledge) {
  const auto& all = knowledge.public_proxies;
  return std::find(all.begin(), all.end(), address.host) != all.end();
}

bool names_all(const std::vector<Said>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [](const Said& said) {
    const auto items = said.items();
    return std::find(items.begin(), items.end(), "*") != items.end();
  });
}

/// Patterns that keep modules from proxies. Those that end in `/*` are looked up by their path, the
/// others are tried one by one.
class Kept {
 public:
  void add(const std::vector<Said>& said) {
    for (const Said& one : said) {
      for (const std::string& glob : one.items()) {
        const std::string path = without_star(glob);
        if (path.find_first_of("*?[\\") == std::string::npos) {
          paths_.insert(path);
        } else if (globs_seen_.insert(glob).second) {
          globs_ += "," + glob;
        }
      }
    }
  }

  bool holds(const std::string& pattern) const {
    if (globs_seen_.contains(pattern)) return true;
    const std::string path = without_star(pattern);
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      if (paths_.contains(path.substr(0, end))) return true;
      if (end == std::string::npos) break;
    }
    return go::match_prefix_patterns(globs_, path);
  }

  bool empty() const { return paths_.empty() && globs_.empty(); }

 private:
  static std::string without_star(const std::string& glob) {
    return glob.ends_with("/*") ? glob.substr(0, glob.size() - 2) : glob;
  }
  std::unordered_set<std::string> paths_, globs_seen_;
  std::string globs_;
};

/// The first pattern that says a module is private, and that no setting keeps from proxies.
struct Leak {
  std::string pattern;
  const Said* said = nullptr;
};

Leak first_leak(const Subject& subject, const Kept& kept) {
  for (const char* variable : {"GONOSUMDB", "GOINSECURE"}) {
    for (const Said& said : subject.about_env(variable)) {
      for (const std::string& pattern : said.items()) {
        if (pattern != "none" && !kept.holds(pattern)) return {pattern, &said};
      }
    }
  }
  return {};
}

std::string joined(const Said& said) {
  const auto items = said.items();
  const std::set<std::string> sorted(items.begin(), items.end());
  return fmt::format("{}", fmt::join(sorted, ","));
}

/// What the proxies of one GOPROXY learn.
struct Askers {
  bool is_public = false;         ///< a public one is among them
  bool public_after_own = false;  ///< and is asked what an own one does not have
};

Askers askers(const Said& proxy, const Knowledge& knowledge) {
  Askers out;
  bool after_own = false;
  for (const auto& link : links(proxy)) {
    const dsl::Address address = parse_address(link.text);
    const bool open = is_public(address, knowledge);
    out.is_public = out.is_public || open;
    out.public_after_own = out.public_after_own || (open && after_own);
    after_own = after_own || (!address.host.empty() && !open);
  }
  return out;
}

std::string keep_private(const std::string& pattern) {
  return fmt::format("write `GOPRIVATE includes [\"{}\"]`", pattern);
}

/// Patterns of GONOPROXY that the checksum database is asked for all the same.
void find_looked_up(const Subject& subject, Diagnostics& out) {
  const auto& databases = subject.about_env("GOSUMDB");
  const bool off = std::any_of(databases.begin(), databases.end(), [](const Said& said) {
    const auto items = said.items();
    return std::find(items.begin(), items.end(), "off") != items.end();
  });
  if (off) return;
  Kept kept;
  kept.add(subject.about_env("GOPRIVATE"));
  kept.add(subject.about_env("GONOSUMDB"));
  for (const Said& said : subject.about_env("GONOPROXY")) {
    const auto items = said.items();
    const auto leak = std::find_if(items.begin(), items.end(), [&](const std::string& pattern) {
      return pattern != "none" && !kept.holds(pattern);
    });
    if (leak == items.end()) continue;
    out.push_back(finding(said, fmt::format("the checksum database is asked for `{}` too", *leak),
                          "learns its name", keep_private(*leak)));
  }
}

}  // namespace

Diagnostics unchecked_transport(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about_env("GOINSECURE")) {
    if (said.items().empty()) continue;
    out.push_back(finding(said, "`GOINSECURE` lets modules come over plain HTTP",
                          "anybody on the way may read and answer",
                          "serve them over HTTPS with a certificate that the machines trust"));
  }
  for (const char* variable : {"GONOSUMDB", "GOPRIVATE"}) {
    for (const Said& said : subject.about_env(variable)) {
      if (!names_all({said})) continue;
      out.push_back(finding(said, fmt::format("`*` in `{}` means every module", variable),
                            "nothing is checked any more",
                            "name your own hosts, such as `git.corp.example/*`"));
    }
  }
  return out;
}

Diagnostics checksums_off(const Subject& subject) {
  Diagnostics out;
  if (names_all(subject.about_env("GOPRIVATE")) || names_all(subject.about_env("GONOSUMDB")))
    return out;  // L401 says it
  const bool has_private = !subject.about_env("GOPRIVATE").empty();
  for (const Said& said : subject.about_env("GOSUMDB")) {
    const auto items = said.items();
    if (std::find(items.begin(), items.end(), "off") == items.end()) continue;
    out.push_back(finding(said,
                          "without the checksum database, public modules are not checked, and go "
                          "can fetch no other toolchain",
                          "checks nothing",
                          has_private
                              ? "remove it: GOPRIVATE keeps private modules out of the database"
                              : "name private modules in GOPRIVATE: they are not looked up then"));
  }
  return out;
}

Diagnostics leaked_names(const Subject& subject) {
  Kept kept;
  kept.add(subject.about_env("GOPRIVATE"));
  kept.add(subject.about_env("GONOPROXY"));
  const Leak leak = first_leak(subject, kept);
  Diagnostics out;
  for (const Said& said : subject.about_env("GOPROXY")) {
    const Askers asked = askers(said, subject.knowledge());
    if (asked.is_public && leak.said != nullptr) {
      auto found = finding(said, fmt::format("a public proxy is asked for `{}` too", leak.pattern),
                           "learns its name", keep_private(leak.pattern));
      found.related.push_back({leak.said->span(), "private, it seems"});
      out.push_back(std::move(found));
    } else if (asked.public_after_own && kept.empty()) {
      out.push_back(finding(said, "what the first proxy does not find, a public one is asked for",
                            "private names get out",
                            "name private modules in GOPRIVATE, or end with `off`"));
    }
  }
  find_looked_up(subject, out);
  return out;
}

Diagnostics ways_around_the_proxy(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about_env("GOPROXY")) {
    const auto& all = links(said);
    if (all.size() < 2 || all.back().text != "direct") continue;
    const bool own = std::any_of(all.begin(), all.end(), [&](const auto& link) {
      const dsl::Address address = parse_address(link.text);
      return !address.host.empty() && !is_public(address, subject.knowledge());
    });
    if (!own) continue;
    const bool on_any_error = all[all.size() - 2].on_any_error;
    out.push_back(finding(
        said,
        on_any_error ? "after any error of the proxy, go fetches modules from their own hosts"
                     : "what the proxy does not have, go fetches from the module's own host",
        "goes around the proxy", "end with `off`; GOPRIVATE sends private modules direct anyway"));
  }
  return out;
}

Diagnostics repeated_private(const Subject& subject) {
  std::unordered_set<std::string> known;
  for (const Said& said : subject.about_env("GOPRIVATE")) known.insert(joined(said));
  Diagnostics out;
  for (const char* variable : {"GONOPROXY", "GONOSUMDB"}) {
    for (const Said& said : subject.about_env(variable)) {
      if (said.items().empty() || !known.contains(joined(said))) continue;
      out.push_back(finding(said, fmt::format("`{}` repeats GOPRIVATE", variable), "its default",
                            "remove it: GOPRIVATE stands for it"));
    }
  }
  return out;
}

Diagnostics passwords_in_addresses(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about_env("GOPROXY")) {
    for (const auto& link : links(said)) {
      const dsl::Address address = parse_address(link.text);
      if (address.login.value_or("").empty()) continue;
      out.push_back(finding(
          said, fmt::format("the address of `{}` holds a user or password", address.host),
          "everybody reads policies", "put it into ~/.netrc, which GOAUTH reads, and change it"));
      break;
    }
  }
  return out;
}

Diagnostics plain_http(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about_env("GOPROXY")) {
    for (const auto& link : links(said)) {
      const dsl::Address address = parse_address(link.text);
      if (address.scheme != "http" || is_loopback(address.host)) continue;
      out.push_back(finding(said, fmt::format("`{}` is asked over plain HTTP", address.host),
                            "anybody on the way reads it", "write `https://`"));
      out.back().about = address.host;
      break;
    }
  }
  return out;
}

}  // namespace gopol::providers::lint
