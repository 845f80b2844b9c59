// `<stdio.h>`, `<wchar.h>` of Darwin: calls with lists of arguments, and the three streams.
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <string>
#include <string_view>

#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

/// What a program calls a form. On Apple's own processors a `long double` is a `double`.
template <class Char>
class Form {
 public:
  explicit Form(const Char* theirs) : text_(theirs) {
#ifdef __aarch64__
    bool inside = false;  // a conversion, up to its letter
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const auto c = static_cast<char>(text_[at]);
      if (!inside) {
        inside = c == '%';
      } else if (c == 'L') {
        text_.erase(at--, 1);
      } else {
        inside = std::string_view("0123456789.-+ #'*$").find(c) != std::string_view::npos;
      }
    }
#endif
  }
  const Char* here() const { return text_.c_str(); }

 private:
  std::basic_string<Char> text_;
};

int print(const char* form, MacList list) { return std::vprintf(Form(form).here(), list); }
int print_to(std::FILE* to, const char* form, MacList list) {
  return std::vfprintf(to, Form(form).here(), list);
}
int print_into(char* to, const char* form, MacList list) {
  return std::vsprintf(to, Form(form).here(), list);
}
int print_at_most(char* to, std::size_t size, const char* form, MacList list) {
  return std::vsnprintf(to, size, Form(form).here(), list);
}
int print_wide(wchar_t* to, std::size_t size, const wchar_t* form, MacList list) {
  return std::vswprintf(to, size, Form(form).here(), list);
}
int scan(const char* from, const char* form, MacList list) {
  return std::vsscanf(from, Form(form).here(), list);
}

// A locale before the form; libc++ only calls these for numbers, with that of C.
int allocate(char** out, void*, const char* form, MacList list) {
  return ::vasprintf(out, Form(form).here(), list);
}
int scan_in(const char* from, void*, const char* form, MacList list) {
  return std::vsscanf(from, Form(form).here(), list);
}
int print_in(char* to, std::size_t size, void*, const char* form, MacList list) {
  return std::vsnprintf(to, size, Form(form).here(), list);
}

/// With a list that the program made.
#ifdef __aarch64__
int print_list(std::FILE* to, const char* form, MacArguments theirs) {
  std::va_list list;
  return std::vfprintf(to, Form(form).here(), use(list, theirs));
}
int print_list_at_most(char* to, std::size_t size, const char* form, MacArguments theirs) {
  std::va_list list;
  return std::vsnprintf(to, size, Form(form).here(), use(list, theirs));
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
