#include "dsl/check/version_literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dsl/value/go_version.h"

namespace gopol::dsl::checking {
namespace {

/// The decimal after `digits`, of any length.
std::string increment(std::string digits) {
  for (std::size_t i = digits.size(); i-- > 0;) {
    if (digits[i] != '9') {
      ++digits[i];
      return digits;
    }
    digits[i] = '0';
  }
  return "1" + digits;
}

/// `1.22.x` → from 1.22 up to, not including, 1.23.
std::optional<Range> wildcard(std::string_view text, VersionScheme scheme) {
  if (!text.ends_with(".x")) return {};
  const std::string low(text.substr(0, text.size() - 2));
  const std::size_t dot = low.rfind('.');
  const std::string last = low.substr(dot == std::string::npos ? 0 : dot + 1);
  if (last.find_first_not_of("0123456789") != std::string::npos) return {};
  const std::string high = low.substr(0, low.size() - last.size()) + increment(last);
  Range out;
  out.low = Bound{Value(Version{low, scheme}), true};
  out.high = Bound{Value(Version{high, scheme}), false};
  return out;
}

void report_text(String text, const Purpose& purpose, Context& context) {
  auto out =
      problem("P2004", text.span(), "a text stands where a version belongs", "drop the quotes");
  const std::string inner = text.decoded();
  if (is_valid(inner, purpose.type.scheme)) {
    out = with_fix(std::move(out), fmt::format("write `{}` without quotes", inner), text.span(),
                   inner);
  }
  context.error(std::move(out));
}

/// `version = 1.22`: the name of a language, not of a release. Up to 1.20 Go named a first release
/// so.
bool is_unclear_pin(std::string_view text) {
  const auto parts = go_version::parse(text);
  return go_version::is_language_version(text) || (parts.minor == "0" && text == "1");
}

void report_unclear_pin(Expression at, std::string_view text, Context& context) {
  auto out = problem("P1007", at.span(),
                     fmt::format("`{}` is a Go language version; a pin names one release", text),
                     "not a release",
                     fmt::format("write `{0}.0`, or `{0}.x` for any of its releases", text));
  out.fixes.push_back({fmt::format("pin the first release `{}.0`", text),
                       Safety::unsafe,
                       {{at.span(), fmt::format("{}.0", text)}}});
  out.fixes.push_back({fmt::format("accept any release `{}.x`", text),
                       Safety::unsafe,
                       {{at.span(), fmt::format("{}.x", text)}}});
  context.error(std::move(out));
}

}  // namespace

std::optional<Constant> version_constant(Expression expression, const Purpose& purpose,
                                         Context& context) {
  const VersionScheme scheme = purpose.type.scheme;
  if (const String text = expression.as<String>()) {
    report_text(text, purpose, context);
    return {};
  }
  if (expression.kind() != NodeKind::version && expression.kind() != NodeKind::integer) {
    context.error("P2004", expression.span(),
                  fmt::format("this does not fit the type {}", to_text(purpose.type)),
                  "not a version");
    return {};
  }
  const std::string_view text = expression.text();
  if (auto range = wildcard(text, scheme)) return Constant{{}, std::move(range), false};
  if (!is_valid(text, scheme)) {
    context.error("P1005", expression.span(),
                  fmt::format("`{}` is not a version of the scheme {}", text, name(scheme)),
                  "not a version");
    return {};
  }
  if (purpose.pin && scheme == VersionScheme::go && is_unclear_pin(text)) {
    report_unclear_pin(expression, text, context);
    return {};
  }
  return Constant{Value(Version{std::string(text), scheme}), {}, false};
}

}  // namespace gopol::dsl::checking
