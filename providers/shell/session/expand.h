#pragma once

#include <string_view>
#include <vector>

#include "providers/shell/pattern/built.h"
#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

/// How a word stands: as the value of an assignment (`~` behind `:` is a home, nothing is split),
/// or as any other.
enum class Place { value, word };

/// One word without splitting, each letter with where it is from. `${x:=y}` sets, so it changes the
/// session.
Built built(Session& session, std::string_view word, Place place);
Text expanded(Session& session, std::string_view word, Place place);

/// Where the bracket that stands at `from` closes, quotes passed over; npos if never.
std::size_t closing(std::string_view text, std::size_t from);

/// Nothing of it is known: which fields, how many.
struct Fields {
  std::vector<Text> items = {};
  std::string why = {};  ///< empty: these are all
};
/// The fields that a word becomes: braces, lists, splitting, patterns of file names.
Fields fields_of(Session& session, std::string_view word);
Fields fields_of(Session& session, const std::vector<std::string>& words, std::size_t from);

/// A variable that is not set was used: an error with `set -u`.
void note_unset(Session& session);

/// `a{b,c}d` as `abd` and `acd`, `{1..3}` as three words; the word itself if it holds none.
std::vector<std::string> braces(std::string_view word);

/// What `${inside}` gives.
Text parameter(Session& session, std::string_view inside, Place place);
/// The value of `$(( … ))` and `(( … ))`.
Text arithmetic(Session& session, std::string_view expression);

}  // namespace gopol::providers::shell
