#pragma once

#include <cstddef>
#include <string>

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {

struct Bit {
  int there, here;
};

/// Translates a set of flags. One that is in no row stops the loader: it would be lost silently.
template <std::size_t count>
int bits_here(int there, const Bit (&rows)[count], const char* what) {
  int out = 0;
  for (const Bit& row : rows) {
    if ((there & row.there) != row.there) continue;
    out |= row.here;
    there &= ~row.there;
  }
  if (there != 0)
    stop(std::string(what) + " has a flag without a translation: " + std::to_string(there));
  return out;
}

template <std::size_t count>
int bits_there(int here, const Bit (&rows)[count]) {
  int out = 0;
  for (const Bit& row : rows) {
    if ((here & row.here) == row.here) out |= row.there;
  }
  return out;
}

/// Of which exactly one is meant.
template <std::size_t count>
int number_here(int there, const Bit (&rows)[count], const char* what) {
  for (const Bit& row : rows) {
    if (row.there == there) return row.here;
  }
  stop(std::string(what) + " has a number without a translation: " + std::to_string(there));
}

}  // namespace gopol::mac_loader
