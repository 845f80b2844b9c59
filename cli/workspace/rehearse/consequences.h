#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gopol::cli {

/// What one may ask of a machine, before a plan and after it.
enum class About : std::uint8_t { change, go, terminal, program, setting, module, health, claim };

/// How well it is; off: somebody wrote that it shall not work.
enum class Level : std::uint8_t { fine, poor, unknown, off, broken };

struct Answer {
  Level level = Level::fine;
  std::string says;  ///< `go 1.25.13`, `no go runs: …`
};

/// By what it is about: a folder, a module, a variable. What is not there is fine.
using Answers = std::map<std::pair<About, std::string>, Answer>;

/// What a plan does beyond what it says: seen on a copy of the machine.
struct Consequence {
  /// breaks: it works now and will not; fails: a change that cannot be made; worse: it does not
  /// stop work; unknown: whether it will work cannot be told; better: it is bad now.
  enum class Kind : std::uint8_t { breaks, fails, worse, unknown, better };
  Kind kind = Kind::worse;
  About about = About::change;
  std::string subject, then, now;  ///< `now` may be empty
};
using Consequences = std::vector<Consequence>;  ///< the worst first

void sort(Consequences& all);

/// What is not the same, the worst first.
Consequences compared(const Answers& now, const Answers& then);

/// Whether anything that works now will not.
bool breaks(const Consequences& all);
/// Whether a plan with them is a finding: what breaks, what cannot be made.
bool is_finding(const Consequences& all);

/// `breaks: /Users/dev/shop: no go runs: … (now go 1.25.13)`
std::string to_text(const Consequence& one);
std::string_view to_text(Consequence::Kind kind);  ///< breaks, fails, …
std::string_view to_text(About about);             ///< change, go, …

}  // namespace gopol::cli
