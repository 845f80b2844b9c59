// `<regex.h>` of Darwin: its places are longs, and its object is smaller than ours.
#include <regex.h>

#include <algorithm>
#include <vector>

#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

regex_t* ours(const darwin::Regex* theirs) { return static_cast<regex_t*>(theirs->guts); }

int compile(darwin::Regex* out, const char* pattern, int flags) {
  constexpr Bit rows[] = {{darwin::reg_extended, REG_EXTENDED},
                          {darwin::reg_icase, REG_ICASE},
                          {darwin::reg_nosub, REG_NOSUB},
                          {darwin::reg_newline, REG_NEWLINE}};
  auto* made = new regex_t{};
  const int result = ::regcomp(made, pattern, bits_here(flags, rows, "regcomp"));
  *out = {0xd245, made->re_nsub, nullptr, made};
  if (result != 0) delete made;
  return result;
}

int execute(const darwin::Regex* regex, const char* text, std::size_t count,
            darwin::Regmatch* matches, int flags) {
  std::vector<regmatch_t> found(count);
  if ((flags & REG_STARTEND) != 0) {
    found.resize(std::max<std::size_t>(count, 1));
    found[0] = {static_cast<regoff_t>(matches[0].begin), static_cast<regoff_t>(matches[0].end)};
  }
  const int result = ::regexec(ours(regex), text, count, found.data(), flags);
  for (std::size_t i = 0; result == 0 && matches != nullptr && i < count; ++i) {
    matches[i] = {found[i].rm_so, found[i].rm_eo};
  }
  return result;
}

std::size_t error_text(int error, const darwin::Regex*, char* to, std::size_t size) {
  return ::regerror(error, nullptr, to, size);
}

void end(darwin::Regex* regex) {
  ::regfree(ours(regex));
  delete ours(regex);
}

}  // namespace

void add_regular_expressions(Names& names) {
  names.add("_regcomp", compile);
  names.add("_regexec", execute);
  names.add("_regerror", error_text);
  names.add("_regfree", end);
}

}  // namespace gopol::mac_loader
