#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace gopol::dsl {

/// A value that is mostly not there, on the heap when it is: an optional of one word. Copies are
/// deep.
template <class T>
class Box {
 public:
  Box() = default;
  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}
  Box(std::optional<T> value) {
    if (value) held_ = std::make_unique<T>(std::move(*value));
  }
  Box(const Box& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(Box other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~Box() = default;

  explicit operator bool() const { return held_ != nullptr; }
  T& operator*() { return *held_; }
  const T& operator*() const { return *held_; }
  T* operator->() { return held_.get(); }
  const T* operator->() const { return held_.get(); }
  T value_or(T other) const { return held_ ? *held_ : std::move(other); }
  bool operator==(const Box& other) const {
    if (!held_ || !other.held_) return held_ == other.held_;
    return *held_ == *other.held_;
  }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace gopol::dsl
