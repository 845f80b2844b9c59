#include "providers/go/module/module_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "dsl/value/ascii.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool may_stand_in_path(char c) {
  return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

/// Names that Windows keeps for its devices, and the short names that it makes up: `x~1`.
std::string windows_objection(std::string_view element) {
  constexpr std::string_view devices[] = {
      "con", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "prn",
      "aux", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul"};
  const std::string_view name = element.substr(0, element.find('.'));
  if (std::count(std::begin(devices), std::end(devices), dsl::lowered(name)) > 0)
    return fmt::format("\"{}\" disallowed as path element component on Windows", name);
  const std::size_t tilde = name.rfind('~');
  if (tilde == std::string_view::npos || tilde + 1 == name.size()) return {};
  const std::string_view number = name.substr(tilde + 1);
  return std::all_of(number.begin(), number.end(), is_digit)
             ? "trailing tilde and digits in path element"
             : "";
}

std::string bad_element(std::string_view element) {
  if (element.empty()) return "empty path element";
  if (element.find_first_not_of('.') == std::string_view::npos)
    return fmt::format("invalid path element \"{}\"", element);
  if (element.front() == '.') return "leading dot in path element";
  if (element.back() == '.') return "trailing dot in path element";
  const auto odd = std::find_if_not(element.begin(), element.end(), may_stand_in_path);
  if (odd != element.end()) return fmt::format("invalid char '{}'", *odd);
  return windows_objection(element);
}

std::string bad_host(std::string_view host) {
  if (host.find('.') == std::string_view::npos) return "missing dot in first path element";
  if (host.front() == '-') return "leading dash in first path element";
  const auto odd = std::find_if_not(host.begin(), host.end(), [](char c) {
    return is_digit(c) || is_lower(c) || c == '-' || c == '.';
  });
  return odd == host.end() ? "" : fmt::format("invalid char '{}' in first path element", *odd);
}

/// The major version at the end: `/v2` and up; of gopkg.in `.v1`, which has to be there.
bool has_bad_version(std::string_view path) {
  const bool by_gopkg = path.starts_with("gopkg.in/");
  if (by_gopkg && path.ends_with("-unstable")) path.remove_suffix(9);
  std::size_t from = path.size();
  const auto counts = [&](char c) { return is_digit(c) || (!by_gopkg && c == '.'); };
  while (from > 0 && counts(path[from - 1])) --from;
  const std::string_view number = path.substr(from);
  const char before = by_gopkg ? '.' : '/';
  const bool named = from > 1 && path[from - 1] == 'v' && path[from - 2] == before;
  if (by_gopkg) return !named || number.empty() || (number.front() == '0' && number != "0");
  if (!named || number.empty()) return false;
  return number.find('.') != std::string_view::npos || number.front() == '0' || number == "1";
}

using Elements = std::vector<std::string_view>;

bool is_name(std::string_view element) {
  return !element.empty() && std::all_of(element.begin(), element.end(),
                                         [](char c) { return may_stand_in_path(c) && c != '~'; });
}

bool is_alphanumeric(std::string_view element) {
  return is_name(element) && element.find_first_of("-._") == std::string_view::npos;
}

bool has_capitals(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Which version control an element names with its ending: `x.git`.
std::string_view vcs_of(std::string_view element) {
  for (const std::string_view name : {"bzr", "fossil", "git", "hg", "svn"}) {
    const std::size_t stem = element.size() - std::min(element.size(), name.size() + 1);
    if (stem > 0 && element.ends_with(name) && element[stem] == '.') return name;
  }
  return {};
}

/// A forge that go knows by its name.
struct Forge {
  std::string_view front, vcs;
  std::size_t depth;                         ///< elements of its repositories, the host included
  bool refuses_ending = false;               ///< of `github.com/x/y.git`
  bool (*takes)(const Elements&) = nullptr;  ///< beyond names everywhere
};

constexpr Forge forges[] = {
    {"github.com", "git", 3, true},
    {"bitbucket.org", "git", 3, true},
    {"hub.jazz.net/git", "git", 4, true,
     [](const Elements& all) { return is_alphanumeric(all[2]) && !has_capitals(all[2]); }},
    {"git.apache.org", "git", 2, false,
     [](const Elements& all) { return vcs_of(all[1]) == "git" && !has_capitals(all[1]); }},
    {"git.openstack.org", "git", 3},
    {"chiselapp.com", "fossil", 5, false,
     [](const Elements& all) {
       return all.size() == 5 && all[1] == "user" && all[3] == "repository" &&
              is_alphanumeric(all[2]);
     }},
};

bool has_path_prefix(std::string_view path, std::string_view front) {
  return path.starts_with(front) && (path.size() == front.size() || path[front.size()] == '/');
}

KnownRepository at_forge(const Forge& forge, std::string_view path, const Elements& elements) {
  KnownRepository out;
  const bool fits = elements.size() >= forge.depth &&
                    std::all_of(elements.begin(), elements.end(), is_name) &&
                    (forge.takes == nullptr || forge.takes(elements));
  if (!fits) {
    out.error = fmt::format("invalid {} import path \"{}\"", forge.front, path);
    return out;
  }
  const std::string_view last = elements[forge.depth - 1];
  out.vcs = forge.vcs;
  out.root = path.substr(0, static_cast<std::size_t>(last.data() - path.data()) + last.size());
  if (forge.refuses_ending && !vcs_of(last).empty())
    out.error = fmt::format("invalid version control suffix in {}/ path", forge.front);
  return out;
}

/// `x.example/y.git/z`: the first element that ends in a version control.
KnownRepository by_ending(std::string_view path, const Elements& elements, bool knows_bazaar) {
  KnownRepository out;
  if (has_capitals(elements.front())) return out;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    std::string_view name = elements[i];
    if (name.starts_with('~')) name.remove_prefix(1);
    if (!is_name(name)) return {};
    const std::string_view vcs = vcs_of(name);
    if (!out.root.empty() || vcs.empty() || (vcs == "bzr" && !knows_bazaar)) continue;
    out.vcs = vcs;
    out.root = path.substr(0, static_cast<std::size_t>(name.data() - path.data()) + name.size());
  }
  return out;
}

}  // namespace

std::string malformed_path(std::string_view path) {
  std::string why;
  if (path.empty()) why = "empty string";
  if (path.starts_with('-')) why = "leading dash";
  for (const std::string_view element : split(path, '/')) {
    if (why.empty()) why = bad_element(element);
  }
  if (why.empty()) why = bad_host(path.substr(0, path.find('/')));
  if (why.empty() && has_bad_version(path)) why = "invalid version";
  return why.empty() ? why : fmt::format("malformed module path \"{}\": {}", path, why);
}

KnownRepository known_repository(std::string_view path, int minor) {
  constexpr int first_without_bazaar = 27;
  const Elements elements = split(path, '/');
  for (const Forge& forge : forges) {
    if (has_path_prefix(path, forge.front)) return at_forge(forge, path, elements);
  }
  return by_ending(path, elements, minor != 0 && minor < first_without_bazaar);
}

}  // namespace gopol::providers::go
