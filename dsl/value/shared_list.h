#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace gopol::dsl {

/// A list that mostly has no or few elements: one word, and copies share them until one is changed.
/// Read as a vector; changed at its end, or through `edit`.
template <class T>
class SharedList {
 public:
  SharedList() = default;
  SharedList(std::vector<T> items) {
    grow(items.size());
    for (T& item : items) push_back(std::move(item));
  }
  SharedList(std::initializer_list<T> items) : SharedList(std::vector<T>(items)) {}
  SharedList(const SharedList& other) noexcept : body_(other.body_) {
    if (body_ != nullptr) body_->users.fetch_add(1, std::memory_order_relaxed);
  }
  SharedList(SharedList&& other) noexcept : body_(std::exchange(other.body_, nullptr)) {}
  SharedList& operator=(SharedList other) noexcept {
    std::swap(body_, other.body_);
    return *this;
  }
  ~SharedList() { release(body_); }

  std::size_t size() const { return body_ != nullptr ? body_->size : 0; }
  bool empty() const { return size() == 0; }
  const T* begin() const { return items(body_); }
  const T* end() const { return items(body_) + size(); }
  const T& operator[](std::size_t at) const { return begin()[at]; }
  const T& front() const { return *begin(); }
  const T& back() const { return end()[-1]; }

  void push_back(T item) {
    if (body_ == nullptr || body_->size == body_->capacity || shared()) grow(size() + 1);
    std::construct_at(items(body_) + body_->size, std::move(item));
    ++body_->size;
  }
  void clear() { release(std::exchange(body_, nullptr)); }
  void pop_back() {
    edit();
    std::destroy_at(items(body_) + --body_->size);
  }
  /// The elements, to be changed in place: no copy sees it.
  std::span<T> edit() {
    if (shared()) grow(size());
    return {items(body_), size()};
  }

  explicit operator std::vector<T>() const { return std::vector<T>(begin(), end()); }
  bool operator==(const SharedList& other) const {
    return body_ == other.body_ || std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  struct Body {
    std::atomic<std::uint32_t> users = 1;
    std::uint32_t size = 0, capacity = 0;
  };
  static constexpr std::size_t offset() {
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    return (sizeof(Body) + alignof(T) - 1) / alignof(T) * alignof(T);
  }

  /// Behind the body, in one block; nullptr of none.
  static T* items(Body* body) {
    if (body == nullptr) return nullptr;
    return std::launder(reinterpret_cast<T*>(reinterpret_cast<std::byte*>(body) + offset()));
  }
  bool shared() const {
    return body_ != nullptr && body_->users.load(std::memory_order_acquire) != 1;
  }

  /// A block of its own with room for `wanted` elements: one for one, then twice as many.
  void grow(std::size_t wanted) {
    if (wanted == 0) return;
    const std::size_t room = size() == 0 ? wanted : std::max(wanted, 2 * size());
    auto* memory = ::operator new(offset() + room * sizeof(T));
    Body* const fresh = new (memory) Body;
    fresh->capacity = static_cast<std::uint32_t>(room);
    T* const to = items(fresh);
    const bool alone = body_ != nullptr && !shared();
    for (; fresh->size < size(); ++fresh->size) {
      T& from = items(body_)[fresh->size];
      std::construct_at(to + fresh->size, alone ? std::move(from) : T(from));
    }
    release(std::exchange(body_, fresh));
  }

  static void release(Body* body) {
    if (body == nullptr || body->users.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    std::destroy_n(items(body), body->size);
    std::destroy_at(body);
    ::operator delete(body);
  }

  Body* body_ = nullptr;
};

}  // namespace gopol::dsl
