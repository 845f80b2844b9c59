#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace gopol::dsl {

/// Finds elements of somebody's list by a hash: keeps their positions only, eight bytes each, by
/// open addressing. Elements are never removed.
class DenseIndex {
 public:
  void reserve(std::size_t count) {
    while (count * 3 > table_.size() * 2) grow();
  }

  /// The position for which `same(position)` holds, of those added under this hash.
  template <class Same>
  std::optional<std::uint32_t> find(std::size_t hash, const Same& same) const {
    if (table_.empty()) return {};
    const std::uint32_t short_hash = shortened(hash);
    for (std::size_t at = place(short_hash); table_[at].position != none; at = next(at)) {
      if (table_[at].hash == short_hash && same(table_[at].position)) return table_[at].position;
    }
    return {};
  }

  void add(std::size_t hash, std::size_t position) {
    reserve(++count_);
    put({shortened(hash), static_cast<std::uint32_t>(position)});
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Entry {
    std::uint32_t hash = 0;
    std::uint32_t position = none;
  };

  static std::uint32_t shortened(std::size_t hash) {
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  }
  std::size_t place(std::uint32_t hash) const { return hash & (table_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (table_.size() - 1); }

  void put(Entry entry) {
    std::size_t at = place(entry.hash);
    while (table_[at].position != none) at = next(at);
    table_[at] = entry;
  }
  void grow() {
    std::vector<Entry> old(table_.empty() ? 16 : table_.size() * 2);
    old.swap(table_);
    for (const Entry& entry : old) {
      if (entry.position != none) put(entry);
    }
  }

  std::vector<Entry> table_;  ///< a power of two long, at most two thirds full
  std::size_t count_ = 0;
};

}  // namespace gopol::dsl
