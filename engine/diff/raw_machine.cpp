#include "engine/diff/raw_machine.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <cstddef>

namespace gopol::engine {
namespace {

namespace json = rapidjson;

/// Follows the events of one document and notes where the values of facts lie.
class Handler : public json::BaseReaderHandler<json::UTF8<>, Handler> {
 public:
  Handler(std::string_view text, const json::MemoryStream& stream, RawMachine& out)
      : text_(text), stream_(stream), out_(out) {}

  bool Default() { return ended(0); }
  bool Bool(bool value) {
    if (depth_ == 3 && key_ == Member::inherited) fact_.inherited = value;
    return ended(0);
  }
  bool Uint(unsigned value) {
    if (depth_ == 1 && key_ == Member::schema) known_version_ = value == 1;
    return ended(0);
  }
  bool String(const char* value, json::SizeType length, bool) {
    if (depth_ == 1 && key_ == Member::machine) out_.name.assign(value, length);
    if (depth_ == 1 && key_ == Member::recorded) out_.recorded.assign(value, length);
    return ended(0);
  }
  bool StartObject() {
    if (depth_ == 2 && in_facts_) fact_ = {};
    ++depth_;
    return true;
  }
  bool EndObject(json::SizeType) {
    --depth_;
    if (depth_ == 2 && in_facts_) {
      if (fact_.slot.empty() || fact_.value.empty()) return false;
      out_.facts.push_back(fact_);
      return true;
    }
    return ended(1);
  }
  bool StartArray() {
    if (depth_ == 1) in_facts_ = key_ == Member::facts;
    ++depth_;
    return true;
  }
  bool EndArray(json::SizeType) {
    if (--depth_ == 1) {
      has_facts_ = has_facts_ || in_facts_;
      in_facts_ = false;
    }
    return ended(1);
  }
  bool Key(const char* name, json::SizeType length, bool) {
    if (depth_ == 1 || (depth_ == 3 && in_facts_)) {
      key_ = member_of({name, length});
      begin_ = stream_.Tell();
    }
    return true;
  }

  bool whole() const { return known_version_ && has_facts_ && depth_ == 0; }

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

  /// A value ended here, or with the bracket that comes next; one of a fact's members is kept as it
  /// is spelled.
  bool ended(std::size_t bracket) {
    if (depth_ != 3 || !in_facts_) return true;
    const std::size_t first = text_.find_first_not_of(" \t\r\n:", begin_);
    const std::string_view spelled = text_.substr(first, stream_.Tell() + bracket - first);
    if (key_ == Member::slot) fact_.slot = spelled;
    if (key_ == Member::value) fact_.value = spelled;
    return true;
  }

  std::string_view text_;
  const json::MemoryStream& stream_;
  RawMachine& out_;
  RawFact fact_;
  Member key_ = Member::other;
  std::size_t begin_ = 0;  ///< behind the last key of a fact
  int depth_ = 0;
  bool in_facts_ = false, has_facts_ = false, known_version_ = false;
};

/// The second half of a surrogate pair without a first, which the reader lets pass: no text has
/// it, and other readers refuse it. `text` is JSON.
bool has_half_a_pair(std::string_view text) {
  bool opened = false;  // the escape before, if it ends here, is a first half
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;) {
    const std::string_view escape = text.substr(at, 6);
    const bool is_half =
        escape.size() == 6 && escape[1] == 'u' && (escape[2] == 'd' || escape[2] == 'D');
    const bool is_second =
        is_half && std::string_view("cdefCDEF").find(escape[3]) != std::string_view::npos;
    if (is_second && !opened) return true;
    opened = is_half && std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
    const std::size_t end = at + (escape.substr(1).starts_with('u') ? 6 : 2);
    at = text.find('\\', end);
    opened = opened && at == end;
  }
  return false;
}

}  // namespace

bool read_machine(std::string_view text, RawMachine& out) {
  out.name.clear();
  out.recorded.clear();
  out.facts.clear();
  json::MemoryStream stream(text.data(), text.size());
  Handler handler(text, stream, out);
  json::Reader reader;
  constexpr unsigned flags = json::kParseIterativeFlag | json::kParseValidateEncodingFlag;
  return !reader.Parse<flags>(stream, handler).IsError() && handler.whole() &&
         !has_half_a_pair(text);
}

}  // namespace gopol::engine
