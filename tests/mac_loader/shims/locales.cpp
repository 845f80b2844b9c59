// `<locale.h>`, `<xlocale.h>`, `<runetype.h>`, `<langinfo.h>` of Darwin.
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

constexpr Bit categories[] = {
    {darwin::lc_all, LC_ALL},           {darwin::lc_collate, LC_COLLATE},
    {darwin::lc_ctype, LC_CTYPE},       {darwin::lc_monetary, LC_MONETARY},
    {darwin::lc_numeric, LC_NUMERIC},   {darwin::lc_time, LC_TIME},
    {darwin::lc_messages, LC_MESSAGES},
};
constexpr Bit masks[] = {{0x01, LC_COLLATE_MASK},  {0x02, LC_CTYPE_MASK},
                         {0x04, LC_MESSAGES_MASK}, {0x08, LC_MONETARY_MASK},
                         {0x10, LC_NUMERIC_MASK},  {0x20, LC_TIME_MASK}};

/// Their C locale is no pointer at all.
locale_t known(locale_t theirs) {
  static const locale_t c = ::newlocale(LC_ALL_MASK, "C", nullptr);
  return theirs == nullptr ? c : theirs;
}

/// The thread's locale for the length of a call that takes none here.
class Within {
 public:
  explicit Within(locale_t theirs) : before_(::uselocale(known(theirs))) {}
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
  ~Within() { ::uselocale(before_); }

 private:
  locale_t before_;
};

locale_t new_locale(int mask, const char* name, locale_t base) {
  return ::newlocale(bits_here(mask, masks, "newlocale"), name, base);
}
int end_locale(locale_t locale) {
  if (locale != nullptr) ::freelocale(locale);
  return 0;
}
char* set_locale(int category, const char* name) {
  return ::setlocale(number_here(category, categories, "setlocale"), name);
}
lconv* conventions(locale_t locale) {
  const Within within(locale);
  return ::localeconv();
}
char* langinfo(int item) {
  if (item != darwin::codeset) stop("nl_langinfo is asked for more than the code set");
  return ::nl_langinfo(CODESET);
}

std::uint32_t types_of(wint_t c, locale_t locale) {
  const struct {
    int (*is)(wint_t, locale_t);
    std::uint32_t type;
  } rows[] = {
      {::iswalpha_l, darwin::rune_alpha}, {::iswcntrl_l, darwin::rune_control},
      {::iswdigit_l, darwin::rune_digit}, {::iswgraph_l, darwin::rune_graph},
      {::iswlower_l, darwin::rune_lower}, {::iswpunct_l, darwin::rune_punct},
      {::iswspace_l, darwin::rune_space}, {::iswupper_l, darwin::rune_upper},
      {::iswxdigit_l, darwin::rune_hex},  {::iswblank_l, darwin::rune_blank},
      {::iswprint_l, darwin::rune_print},
  };
  std::uint32_t out = 0;
  for (const auto& row : rows) {
    if (row.is(c, locale) != 0) out |= row.type;
  }
  return out;
}

int mask_rune_in(int c, unsigned long mask, locale_t locale) {
  return static_cast<int>(types_of(static_cast<wint_t>(c), known(locale)) & mask);
}
int mask_rune(int c, unsigned long mask) { return mask_rune_in(c, mask, nullptr); }
int lower_in(int c, locale_t locale) {
  return static_cast<int>(::towlower_l(static_cast<wint_t>(c), known(locale)));
}
int upper_in(int c, locale_t locale) {
  return static_cast<int>(::towupper_l(static_cast<wint_t>(c), known(locale)));
}
int lower(int c) { return lower_in(c, nullptr); }
int upper(int c) { return upper_in(c, nullptr); }

darwin::RuneLocale default_runes;

void fill_default_runes() {
  for (int c = 0; c < 128; ++c) {
    default_runes.types[c] = types_of(static_cast<wint_t>(c), known(nullptr));
  }
  for (int c = 0; c < 256; ++c) {
    default_runes.lower[c] = c < 128 ? lower(c) : c;
    default_runes.upper[c] = c < 128 ? upper(c) : c;
  }
}

int largest_character = 1;  ///< in bytes, of the C locale

int largest_character_in(locale_t locale) {
  const Within within(locale);
  return static_cast<int>(MB_CUR_MAX);
}
wint_t wide(int c, locale_t locale) {
  const Within within(locale);
  return ::btowc(c);
}
int narrow(wint_t c, locale_t locale) {
  const Within within(locale);
  return ::wctob(c);
}
std::size_t to_bytes(char* to, wchar_t c, mbstate_t* state, locale_t locale) {
  const Within within(locale);
  return ::wcrtomb(to, c, state);
}
std::size_t to_wide(wchar_t* to, const char* from, std::size_t size, mbstate_t* state,
                    locale_t locale) {
  const Within within(locale);
  return ::mbrtowc(to, from, size, state);
}
int to_wide_plainly(wchar_t* to, const char* from, std::size_t size, locale_t locale) {
  const Within within(locale);
  return ::mbtowc(to, from, size);
}
std::size_t length_of(const char* from, std::size_t size, mbstate_t* state, locale_t locale) {
  const Within within(locale);
  return ::mbrlen(from, size, state);
}
std::size_t all_to_wide(wchar_t* to, const char** from, std::size_t size, mbstate_t* state,
                        locale_t locale) {
  const Within within(locale);
  return ::mbsrtowcs(to, from, size, state);
}
std::size_t some_to_wide(wchar_t* to, const char** from, std::size_t bytes, std::size_t size,
                         mbstate_t* state, locale_t locale) {
  const Within within(locale);
  return ::mbsnrtowcs(to, from, bytes, size, state);
}
std::size_t some_to_bytes(char* to, const wchar_t** from, std::size_t wides, std::size_t size,
                          mbstate_t* state, locale_t locale) {
  const Within within(locale);
  return ::wcsnrtombs(to, from, wides, size, state);
}

#ifdef __aarch64__
using LongDouble = double;  ///< what `long double` is on Apple's own processors
#else
using LongDouble = long double;
#endif
LongDouble long_number(const char* text, char** end) {
  return static_cast<LongDouble>(::strtold(text, end));
}
LongDouble long_number_in(const char* text, char** end, locale_t locale) {
  return static_cast<LongDouble>(::strtold_l(text, end, known(locale)));
}
LongDouble long_number_of_wide(const wchar_t* text, wchar_t** end) {
  return static_cast<LongDouble>(::wcstold(text, end));
}

}  // namespace

void add_locales(Names& names) {
  fill_default_runes();
  names.add_object("__DefaultRuneLocale", &default_runes);
  names.add_object("___mb_cur_max", &largest_character);
  names.add("_newlocale", new_locale);
  names.add("_freelocale", end_locale);
  names.add("_setlocale", set_locale);
  names.add("_localeconv_l", conventions);
  names.add("_nl_langinfo", langinfo);
  names.add("___maskrune", mask_rune);
  names.add("___maskrune_l", mask_rune_in);
  names.add("___tolower", lower);
  names.add("___toupper", upper);
  names.add("____tolower_l", lower_in);
  names.add("____toupper_l", upper_in);
  names.add("____mb_cur_max_l", largest_character_in);
  names.add("_btowc_l", wide);
  names.add("_wctob_l", narrow);
  names.add("_wcrtomb_l", to_bytes);
  names.add("_mbrtowc_l", to_wide);
  names.add("_mbtowc_l", to_wide_plainly);
  names.add("_mbrlen_l", length_of);
  names.add("_mbsrtowcs_l", all_to_wide);
  names.add("_mbsnrtowcs_l", some_to_wide);
  names.add("_wcsnrtombs_l", some_to_bytes);
  names.add("_strtold", long_number);
  names.add("_strtold_l", long_number_in);
  names.add("_wcstold", long_number_of_wide);
}

}  // namespace gopol::mac_loader
