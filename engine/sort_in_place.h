#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace gopol::engine {

/// A stable sort of large elements: each is moved twice, however many there are.
template <class T, class Less>
void sort_in_place(std::vector<T>& all, Less less) {
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return less(all[a], all[b]); });
  std::vector<T> out;
  out.reserve(all.size());
  for (const std::uint32_t at : order) out.push_back(std::move(all[at]));
  all = std::move(out);
}

}  // namespace gopol::engine
