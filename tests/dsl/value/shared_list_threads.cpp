// Copies of one list, taken, changed and given back by many threads at once: run under the thread
// sanitizer, whose word the exit code is. Exit 1 too if a thread saw what another one changed.
#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <utility>

#include "dsl/value/shared_list.h"

namespace {

using List = gopol::dsl::SharedList<std::string>;

std::size_t length(const List& list) {
  std::size_t out = 0;
  for (const std::string& item : list) out += item.size();
  return out;
}

/// Reads its copy, changes it, and gives it back: whoever is last frees the memory.
bool use(List mine, int number) {
  const bool whole = length(mine) == 11;
  if (number % 3 == 0) mine.push_back("more");
  if (number % 3 == 1) mine.edit()[0] = "changed";
  if (number % 3 == 2) mine.pop_back();
  return whole && length(mine) != 11;
}

}  // namespace

int main() {
  std::atomic<int> wrong = 0;
  for (int round = 0; round < 300; ++round) {
    List first{"one", "two", "three"};
    List second = first;
    List third = second;
    const auto run = [&wrong](List list, int number) {
      return std::thread([&wrong, number, mine = std::move(list)]() mutable {
        if (!use(std::move(mine), number)) ++wrong;
      });
    };
    std::thread threads[] = {run(std::move(first), round), run(std::move(second), round / 3),
                             run(std::move(third), round / 9)};
    for (std::thread& thread : threads) thread.join();
  }
  return wrong == 0 ? 0 : 1;
}
