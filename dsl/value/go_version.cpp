#include "dsl/value/go_version.h"

#include <algorithm>

namespace gopol::dsl::go_version {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes a decimal without leading zeros off the front; empty if there is none.
std::string_view take_number(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && is_digit(rest[end])) ++end;
  if (end == 0 || (rest[0] == '0' && end > 1)) return {};
  const std::string_view number = rest.substr(0, end);
  rest.remove_prefix(end);
  return number;
}

std::string_view take_letters(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && rest[end] >= 'a' && rest[end] <= 'z') ++end;
  const std::string_view letters = rest.substr(0, end);
  rest.remove_prefix(end);
  return letters;
}

/// Decimals of any size: the longer is greater; a missing one is least.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

bool is_before_1_21(std::string_view minor) { return compare_numbers(minor, "21") < 0; }

/// `go1.22.2-acme` → `1.22.2`; nothing if it does not begin with `go` or the rest is malformed.
std::string_view strip_go(std::string_view name) {
  if (!name.starts_with("go")) return {};
  name.remove_prefix(2);
  return name.substr(0, name.find('-'));
}

}  // namespace

Parts parse(std::string_view bare) {
  Parts out;
  out.major = take_number(bare);
  if (out.major.empty()) return {};
  if (bare.empty()) {
    out.minor = out.patch = "0";
    return out;
  }
  if (bare.front() != '.') return {};
  bare.remove_prefix(1);
  out.minor = take_number(bare);
  if (out.minor.empty()) return {};
  if (bare.empty()) {
    if (is_before_1_21(out.minor)) out.patch = "0";
    return out;
  }
  if (bare.front() == '.') {
    bare.remove_prefix(1);
    out.patch = take_number(bare);
    return out.patch.empty() || !bare.empty() ? Parts{} : out;
  }
  out.kind = take_letters(bare);
  if (out.kind.empty()) return {};
  if (bare.empty()) return out;
  out.pre = take_number(bare);
  return out.pre.empty() || !bare.empty() ? Parts{} : out;
}

std::strong_ordering compare(std::string_view a, std::string_view b) {
  const Parts x = parse(a), y = parse(b);
  for (const auto part : {&Parts::major, &Parts::minor, &Parts::patch}) {
    const auto order = compare_numbers(x.*part, y.*part);
    if (order != 0) return order;
  }
  const auto kinds = x.kind.compare(y.kind) <=> 0;
  return kinds != 0 ? kinds : compare_numbers(x.pre, y.pre);
}

bool is_valid(std::string_view bare) { return parse(bare) != Parts{}; }

bool is_language_version(std::string_view bare) {
  const Parts parts = parse(bare);
  return parts != Parts{} && parts.patch.empty() && parts.kind.empty() && parts.pre.empty();
}

bool is_prerelease(std::string_view bare) { return !parse(bare).kind.empty(); }

std::string language(std::string_view bare) {
  const Parts parts = parse(bare);
  if (parts == Parts{}) return {};
  if (parts.major == "1" && parts.minor == "0") return "1";  // Go 1 had no minor
  return std::string(parts.major) + "." + std::string(parts.minor);
}

std::string from_toolchain(std::string_view name) {
  if (name.find_first_of("/\\") != std::string_view::npos) return {};
  if (!name.starts_with("go")) return {};
  const std::string_view bare = name.substr(2).substr(0, name.substr(2).find_first_of(" \t-"));
  return is_valid(bare) ? std::string(bare) : std::string();
}

std::strong_ordering compare_names(std::string_view a, std::string_view b) {
  return compare(strip_go(a), strip_go(b));
}

std::string release_name(std::string_view bare) {
  const Parts parts = parse(bare);
  std::string out = "go" + std::string(bare);
  if (parts.patch == "0" && is_before_1_21(parts.minor) && bare.ends_with(".0")) {
    out.resize(out.size() - 2);
    if (parts.minor == "0") out = "go1";
  }
  return out;
}

}  // namespace gopol::dsl::go_version
