#include "engine/diff/raw_machine.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>

namespace gopol::engine {
namespace {

using Reader = nlohmann::json;

/// The reader's place in a text. It takes a copy and keeps it: where it has come to stands in
/// `end`.
class Cursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char*& end) : at_(at), end_(&end) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *end_ = ++at_;
    return *this;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** end_;
};

/// Follows the events of one document and notes where the values of facts lie.
class Handler {
 public:
  Handler(std::string_view text, RawMachine& out) : text_(text), end_(text.data()), out_(out) {}

  bool read() {
    const Cursor begin(text_.data(), end_), end(text_.data() + text_.size(), end_);
    return Reader::sax_parse(begin, end, this) && known_version_ && has_facts_;
  }

  bool null() { return ended(); }
  bool boolean(bool value) {
    if (depth_ == 3 && key_ == Member::inherited) fact_.inherited = value;
    return ended();
  }
  bool number_integer(Reader::number_integer_t) { return ended_before_last(); }
  bool number_float(Reader::number_float_t, const std::string&) { return ended_before_last(); }
  bool number_unsigned(Reader::number_unsigned_t value) {
    if (depth_ == 1 && key_ == Member::schema) known_version_ = value == 1;
    return ended_before_last();
  }
  bool string(const std::string& value) {
    if (depth_ == 1 && key_ == Member::machine) out_.name = value;
    if (depth_ == 1 && key_ == Member::recorded) out_.recorded = value;
    return ended();
  }
  bool binary(const Reader::binary_t&) { return false; }  // JSON has none
  bool start_object(std::size_t) {
    if (depth_ == 2 && in_facts_) fact_ = {};
    ++depth_;
    return true;
  }
  bool end_object() {
    --depth_;
    if (depth_ == 2 && in_facts_) {
      if (fact_.slot.empty() || fact_.value.empty()) return false;
      out_.facts.push_back(fact_);
      return true;
    }
    return ended();
  }
  bool start_array(std::size_t) {
    if (depth_ == 1) in_facts_ = key_ == Member::facts;
    ++depth_;
    return true;
  }
  bool end_array() {
    if (--depth_ == 1) {
      has_facts_ = has_facts_ || in_facts_;
      in_facts_ = false;
    }
    return ended();
  }
  bool key(const std::string& name) {
    if (depth_ == 1 || (depth_ == 3 && in_facts_)) {
      key_ = member_of(name);
      begin_ = offset();
    }
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Reader::exception&) { return false; }

 private:
  enum class Member { other, schema, machine, recorded, facts, slot, value, inherited };

  static Member member_of(std::string_view name) {
    if (name == "slot") return Member::slot;
    if (name == "value") return Member::value;
    if (name == "inherited") return Member::inherited;
    if (name == "schema") return Member::schema;
    if (name == "machine") return Member::machine;
    if (name == "recorded") return Member::recorded;
    if (name == "facts") return Member::facts;
    return Member::other;
  }

  std::size_t offset() const { return static_cast<std::size_t>(end_ - text_.data()); }

  /// A number ends where something else begins: that was read too.
  bool ended_before_last() { return ended(1); }

  /// A value ended here; one of a fact's members is kept as it is spelled.
  bool ended(std::size_t read_on = 0) {
    if (depth_ != 3 || !in_facts_) return true;
    const std::size_t first = text_.find_first_not_of(" \t\r\n:", begin_);
    const std::string_view spelled = text_.substr(first, offset() - read_on - first);
    if (key_ == Member::slot) fact_.slot = spelled;
    if (key_ == Member::value) fact_.value = spelled;
    return true;
  }

  std::string_view text_;
  const char* end_;  ///< of what was read
  RawMachine& out_;
  RawFact fact_;
  Member key_ = Member::other;
  std::size_t begin_ = 0;  ///< behind the last key of a fact
  int depth_ = 0;
  bool in_facts_ = false, has_facts_ = false, known_version_ = false;
};

}  // namespace

bool read_machine(std::string_view text, RawMachine& out) {
  out.name.clear();
  out.recorded.clear();
  out.facts.clear();
  return Handler(text, out).read();
}

}  // namespace gopol::engine
