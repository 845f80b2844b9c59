#include "providers/shell/pattern/text.h"

namespace gopol::providers::shell {

Truth negation(Truth a) { return a == Truth::maybe ? a : truth(a == Truth::no); }

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::maybe || b == Truth::maybe ? Truth::maybe : Truth::yes;
}

Truth either(Truth a, Truth b) { return negation(both(negation(a), negation(b))); }

std::string without_marks(std::string text) {
  std::erase_if(text, [](char c) { return c == path_begin || c == path_end; });
  return text;
}

}  // namespace gopol::providers::shell
