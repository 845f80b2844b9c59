#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "dsl/value/diagnostic.h"

namespace gopol::dsl {

/// A T, or at least one error. The subset of `std::expected` that we use, with its spelling.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Diagnostics why) : state_(std::move(why)) { assert(!error().empty()); }
  Result(Diagnostic why) : state_(Diagnostics{std::move(why)}) {}

  explicit operator bool() const { return state_.index() == 0; }
  bool has_value() const { return state_.index() == 0; }

  const T& operator*() const& { return value(); }
  T& operator*() & {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && {
    assert(has_value());
    return std::move(*std::get_if<0>(&state_));
  }
  const T* operator->() const { return &value(); }
  T* operator->() { return &**this; }

  const Diagnostics& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  const T& value() const {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Diagnostics> state_;
};

/// `Result<Done>`: success without a value.
struct Done {};

}  // namespace gopol::dsl
