#include "cli/print/plan/afterwards.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::cli {

using Kind = Consequence::Kind;

std::string afterwards_text(const Consequences& all, const Terminal& terminal) {
  constexpr std::ptrdiff_t most_of_a_kind = 8;
  constexpr std::size_t longest = 400;
  std::string out;
  for (auto from = all.begin(); from != all.end();) {
    const Kind kind = from->kind;
    const auto end =
        std::find_if(from, all.end(), [&](const Consequence& one) { return one.kind != kind; });
    const auto last = end - from > most_of_a_kind ? from + most_of_a_kind : end;
    const bool is_bad = kind == Kind::breaks || kind == Kind::fails;
    for (auto one = from; one != last; ++one) {
      out += fmt::format("{}: {}\n", terminal.paint("afterwards", is_bad ? "31" : "0"),
                         presentable(to_text(*one), longest));
    }
    if (last != end)
      out += fmt::format("afterwards: {}: {} more: `--json` has all\n", to_text(kind), end - last);
    from = end;
  }
  return out;
}

}  // namespace gopol::cli
