#include "dsl/near_miss.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace gopol::dsl {
namespace {

constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"aarch64", "arm64"}, {"amd64", "x86_64"},  {"x64", "x86_64"},   {"osx", "macos"},
    {"darwin", "macos"},  {"mac", "macos"},     {"golang", "go"},    {"m1", "arm64"},
};

constexpr std::size_t longest = 80;  // longer names are not compared: the work is their product

/// Insertions, deletions, replacements and swaps of neighbours (the optimal string alignment form).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> near_miss(std::string_view wrong, std::span<const std::string> candidates) {
  for (const auto& [said, meant] : synonyms) {
    if (said != wrong) continue;
    const auto at = std::find(candidates.begin(), candidates.end(), meant);
    if (at != candidates.end()) return *at;
  }
  if (wrong.size() > longest) return {};
  const std::size_t most = std::min<std::size_t>(2, wrong.size() / 3);
  std::size_t best = most + 1;
  const std::string* found = nullptr;
  bool tied = false;
  for (const std::string& candidate : candidates) {
    const std::size_t shorter = std::min(candidate.size(), wrong.size());
    if (std::max(candidate.size(), wrong.size()) - shorter > most) continue;
    const std::size_t d = distance(wrong, candidate);
    tied = d == best ? true : d < best ? false : tied;
    if (d < best) {
      best = d;
      found = &candidate;
    }
  }
  if (found == nullptr || tied) return {};
  return *found;
}

}  // namespace gopol::dsl
