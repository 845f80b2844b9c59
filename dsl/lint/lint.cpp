#include "dsl/lint/lint.h"

namespace gopol::dsl::lint {

std::string mend_for(std::string_view pattern, std::string_view about) {
  std::string out;
  for (const char c : pattern) {
    if (c == '@') {
      out += about;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace gopol::dsl::lint
