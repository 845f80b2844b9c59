#include "dsl/value/name.h"

#include <cstdint>
#include <deque>
#include <mutex>

#include "dsl/value/dense_index.h"

namespace gopol::dsl {
namespace {

/// Every name of the run; the texts themselves never move.
class Names {
 public:
  const std::string* keep(std::string_view text) {
    const std::size_t hash = std::hash<std::string_view>()(text);
    const std::scoped_lock lock(mutex_);
    const auto known = index_.find(hash, [&](std::uint32_t at) { return texts_[at] == text; });
    if (known) return &texts_[*known];
    index_.add(hash, texts_.size());
    return &texts_.emplace_back(text);
  }

 private:
  std::mutex mutex_;
  std::deque<std::string> texts_;
  DenseIndex index_;
};

Names& names() {
  static Names kept;
  return kept;
}

const std::string* empty_text() {
  static const std::string* const kept = names().keep({});
  return kept;
}

}  // namespace

Name::Name() : text_(empty_text()) {}

Name::Name(std::string_view text) : text_(text.empty() ? empty_text() : names().keep(text)) {}

std::string operator+(Name a, std::string_view b) { return std::string(a.text()).append(b); }
std::string operator+(std::string_view a, Name b) { return std::string(a).append(b.text()); }

}  // namespace gopol::dsl
