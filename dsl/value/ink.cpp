#include "dsl/value/ink.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "dsl/value/harmless.h"

namespace gopol::dsl {
namespace {

constexpr char mark_end = '\x0f';

const std::string& mark() {
  static const std::string out = [] {
    std::random_device chance;
    return fmt::format("\x0e{:08x}{:08x} ", chance(), chance());
  }();
  return out;
}

}  // namespace

std::string inked(std::string_view text, std::string_view code) {
  return fmt::format("{0}{1}{2}{3}{0}0{2}", mark(), code, mark_end, text);
}

std::string harmless_with_ink(std::string_view text) {
  std::string out;
  for (std::size_t at = text.find(mark()); at != std::string_view::npos; at = text.find(mark())) {
    out += harmless(text.substr(0, at));
    text.remove_prefix(at + mark().size());
    const std::size_t end = std::min(text.find(mark_end), text.size());
    out.append("\x1b[").append(text.substr(0, end)).append("m");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + harmless(text);
}

}  // namespace gopol::dsl
