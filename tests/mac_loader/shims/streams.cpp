// `<stdio.h>`, `<wchar.h>` of Darwin: calls with lists of arguments, and the three streams.
#include <cstdio>
#include <cstdlib>
#include <cwchar>

#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

int print(const char* form, MacList list) { return std::vprintf(form, list); }
int print_to(std::FILE* to, const char* form, MacList list) {
  return std::vfprintf(to, form, list);
}
int print_into(char* to, const char* form, MacList list) { return std::vsprintf(to, form, list); }
int print_at_most(char* to, std::size_t size, const char* form, MacList list) {
  return std::vsnprintf(to, size, form, list);
}
int print_wide(wchar_t* to, std::size_t size, const wchar_t* form, MacList list) {
  return std::vswprintf(to, size, form, list);
}
int scan(const char* from, const char* form, MacList list) {
  return std::vsscanf(from, form, list);
}

// A locale before the form; libc++ only calls these for numbers, with that of C.
int allocate(char** out, void*, const char* form, MacList list) {
  return ::vasprintf(out, form, list);
}
int scan_in(const char* from, void*, const char* form, MacList list) {
  return std::vsscanf(from, form, list);
}
int print_in(char* to, std::size_t size, void*, const char* form, MacList list) {
  return std::vsnprintf(to, size, form, list);
}

/// With a list that the program made.
#ifdef __aarch64__
int print_list(std::FILE* to, const char* form, MacArguments theirs) {
  std::va_list list;
  return std::vfprintf(to, form, use(list, theirs));
}
int print_list_at_most(char* to, std::size_t size, const char* form, MacArguments theirs) {
  std::va_list list;
  return std::vsnprintf(to, size, form, use(list, theirs));
}
#else
int print_list(std::FILE* to, const char* form, MacArguments list) {
  return std::vfprintf(to, form, list);
}
int print_list_at_most(char* to, std::size_t size, const char* form, MacArguments list) {
  return std::vsnprintf(to, size, form, list);
}
#endif

}  // namespace

void add_streams(Names& names) {
  names.add_object("___stdinp", &stdin);
  names.add_object("___stdoutp", &stdout);
  names.add_object("___stderrp", &stderr);
  names.add_variadic<print>("_printf");
  names.add_variadic<print_to>("_fprintf");
  names.add_variadic<print_into>("_sprintf");
  names.add_variadic<print_at_most>("_snprintf");
  names.add_variadic<print_wide>("_swprintf");
  names.add_variadic<scan>("_sscanf");
  names.add_variadic<allocate>("_asprintf_l");
  names.add_variadic<scan_in>("_sscanf_l");
  names.add_variadic<print_in>("_snprintf_l");
  names.add("_vfprintf", print_list);
  names.add("_vsnprintf", print_list_at_most);
}

}  // namespace gopol::mac_loader
