#include "dsl/value/near_miss.h"

#include <algorithm>
#include <vector>

#include "dsl/value/ascii.h"

namespace gopol::dsl {
namespace {

struct Synonym {
  std::string_view other, ours;
};

constexpr Synonym synonyms[] = {
    {"aarch64", "arm64"},      {"amd64", "x86_64"}, {"x64", "x86_64"}, {"x86-64", "x86_64"},
    {"osx", "macos"},          {"darwin", "macos"}, {"mac", "macos"},  {"homebrew", "brew"},
    {"hostname", "host_name"}, {"x86_64", "amd64"}, {"x64", "amd64"},  {"x86-64", "amd64"},
};

constexpr std::size_t longest = 200;  // bytes; a longer name is no slip of the fingers

bool same_but_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::optional<std::string> near_miss(std::string_view wrong,
                                     std::span<const std::string> candidates) {
  if (wrong.size() > longest) return {};
  for (const std::string& candidate : candidates) {
    if (same_but_case(wrong, candidate)) return candidate;
  }
  for (const Synonym& synonym : synonyms) {
    if (!same_but_case(wrong, synonym.other)) continue;
    const auto found = std::find(candidates.begin(), candidates.end(), synonym.ours);
    if (found != candidates.end()) return *found;
  }
  const std::string* best = nullptr;
  std::size_t best_distance = 3;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(wrong.size(), candidate.size());
    const std::size_t shorter = std::min(wrong.size(), candidate.size());
    if (longer - shorter >= best_distance) continue;
    const std::size_t distance = edit_distance(wrong, candidate);
    if (distance < best_distance && distance * 3 <= longer) {
      best = &candidate;
      best_distance = distance;
    }
  }
  if (best == nullptr) return {};
  return *best;
}

}  // namespace gopol::dsl
