// `<string.h>`, `<strings.h>`, `<stdlib.h>`, `<libgen.h>`, `<unwind.h>`, `<sqlite3.h>` of Darwin,
// and what the compiler calls.
#include <libgen.h>
#include <stdlib.h>
#include <unwind.h>

#include <cstring>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"

// Of numbers of 128 bits, which standard C++ has no word for: only their places are wanted.
extern "C" void __divti3();
extern "C" void __udivti3();

namespace gopol::mac_loader {
namespace {

void zero(void* to, std::size_t size) { std::memset(to, 0, size); }

void repeat_16_bytes(void* to, const void* pattern, std::size_t size) {
  auto* out = static_cast<char*>(to);
  for (std::size_t at = 0; at < size; at += 16) {
    std::memcpy(out + at, pattern, size - at < 16 ? size - at : 16);
  }
}

/// The context comes before the function there, and first in its calls.
void sort_with(void* all, std::size_t count, std::size_t size, void* context,
               int (*compare)(void*, const void*, const void*)) {
  struct Order {
    void* context;
    int (*compare)(void*, const void*, const void*);
  } order{context, compare};
  ::qsort_r(
      all, count, size,
      [](const void* a, const void* b, void* with) {
        const auto* how = static_cast<Order*>(with);
        return how->compare(how->context, a, b);
      },
      &order);
}

[[noreturn]] void bind_late() { stop("a name was to be bound when it was called first"); }

}  // namespace

void add_memory(Names& names) {
  names.add("_bzero", zero);
  names.add("___bzero", zero);
  names.add("_memset_pattern16", repeat_16_bytes);
  names.add("_qsort_r", sort_with);
  names.add("_basename", ::basename);
  names.add("dyld_stub_binder", bind_late);
  names.add("___divti3", __divti3);
  names.add("___udivti3", __udivti3);
  names.add("__Unwind_DeleteException", _Unwind_DeleteException);
  names.add("__Unwind_GetIP", _Unwind_GetIP);
  names.add("__Unwind_GetLanguageSpecificData", _Unwind_GetLanguageSpecificData);
  names.add("__Unwind_GetRegionStart", _Unwind_GetRegionStart);
  names.add("__Unwind_RaiseException", _Unwind_RaiseException);
  names.add("__Unwind_Resume", _Unwind_Resume);
  names.add("__Unwind_SetGR", _Unwind_SetGR);
  names.add("__Unwind_SetIP", _Unwind_SetIP);
}

}  // namespace gopol::mac_loader
