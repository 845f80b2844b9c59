#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace gopol::engine {

/// A stable sort of large elements: each is moved once, along the circles that their places make.
template <class T, class Less>
void sort_in_place(std::vector<T>& all, Less less) {
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return less(all[a], all[b]); });
  for (std::uint32_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    T first = std::move(all[start]);
    std::uint32_t to = start;
    for (std::uint32_t from = order[to]; from != start; from = order[to]) {
      all[to] = std::move(all[from]);
      order[std::exchange(to, from)] = to;
    }
    all[to] = std::move(first);
    order[to] = to;
  }
}

}  // namespace gopol::engine
