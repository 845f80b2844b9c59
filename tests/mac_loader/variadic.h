#pragma once

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

/// Calls with arguments that the callee does not name. On Intel's Macs they come as on Linux. On
/// Apple's own processors they are all on the stack, 8 bytes each, and a `va_list` is a pointer to
/// them: "Writing ARM64 code for Apple platforms", Apple.
namespace gopol::mac_loader {

#ifdef __aarch64__

using MacArguments = char*;    ///< `va_list` as the program has it
using MacList = std::va_list;  ///< as a shim gets it

/// Source: "Procedure Call Standard for the Arm 64-bit Architecture", The va_list type.
inline std::va_list& use(std::va_list& here, MacArguments theirs) {
  const struct {
    void *stack, *general_top, *vector_top;
    int general_offset, vector_offset;  // 0: none in registers
  } all{theirs, nullptr, nullptr, 0, 0};
  static_assert(sizeof all == sizeof here);
  std::memcpy(&here, &all, sizeof all);
  return here;
}

/// Code that puts the stack's place into register `fixed` and goes to `target`.
std::uint64_t stack_entry(std::size_t fixed, std::uint64_t target);

template <auto function>
struct Variadic;
template <class R, class A, R (*function)(A, std::va_list)>
struct Variadic<function> {
  static constexpr std::size_t fixed = 1;
  static R entry(A a, MacArguments rest) {
    std::va_list list;
    return function(a, use(list, rest));
  }
};
template <class R, class A, class B, R (*function)(A, B, std::va_list)>
struct Variadic<function> {
  static constexpr std::size_t fixed = 2;
  static R entry(A a, B b, MacArguments rest) {
    std::va_list list;
    return function(a, b, use(list, rest));
  }
};
template <class R, class A, class B, class C, R (*function)(A, B, C, std::va_list)>
struct Variadic<function> {
  static constexpr std::size_t fixed = 3;
  static R entry(A a, B b, C c, MacArguments rest) {
    std::va_list list;
    return function(a, b, c, use(list, rest));
  }
};
template <class R, class A, class B, class C, class D, R (*function)(A, B, C, D, std::va_list)>
struct Variadic<function> {
  static constexpr std::size_t fixed = 4;
  static R entry(A a, B b, C c, D d, MacArguments rest) {
    std::va_list list;
    return function(a, b, c, d, use(list, rest));
  }
};

template <auto function>
std::uint64_t variadic_entry() {
  using Entry = Variadic<function>;
  return stack_entry(Entry::fixed, reinterpret_cast<std::uint64_t>(&Entry::entry));
}

#else

using MacArguments = std::decay_t<std::va_list>;
using MacList = MacArguments;

template <auto function>
struct Variadic;
template <class R, class A, R (*function)(A, MacArguments)>
struct Variadic<function> {
  static R entry(A a, ...) {
    std::va_list list;
    va_start(list, a);
    const R out = function(a, list);
    va_end(list);
    return out;
  }
};
template <class R, class A, class B, R (*function)(A, B, MacArguments)>
struct Variadic<function> {
  static R entry(A a, B b, ...) {
    std::va_list list;
    va_start(list, b);
    const R out = function(a, b, list);
    va_end(list);
    return out;
  }
};
template <class R, class A, class B, class C, R (*function)(A, B, C, MacArguments)>
struct Variadic<function> {
  static R entry(A a, B b, C c, ...) {
    std::va_list list;
    va_start(list, c);
    const R out = function(a, b, c, list);
    va_end(list);
    return out;
  }
};
template <class R, class A, class B, class C, class D, R (*function)(A, B, C, D, MacArguments)>
struct Variadic<function> {
  static R entry(A a, B b, C c, D d, ...) {
    std::va_list list;
    va_start(list, d);
    const R out = function(a, b, c, d, list);
    va_end(list);
    return out;
  }
};

template <auto function>
std::uint64_t variadic_entry() {
  return reinterpret_cast<std::uint64_t>(&Variadic<function>::entry);
}

#endif

/// Memory for code that is made at run time.
std::uint64_t new_code(const void* bytes, std::size_t size);

}  // namespace gopol::mac_loader
