#include "cli/workspace/redact.h"

#include <cctype>
#include <utility>

#include "engine/encoding/sha256.h"

namespace gopol::cli {
namespace {

using dsl::Value;

std::string hash_of(const std::string& name) { return "h-" + engine::sha256(name).substr(0, 8); }

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// `/dev` is the system's folder, whatever a user is called.
bool is_top_folder(std::string_view text, std::size_t at) {
  return at > 0 && text[at - 1] == '/' &&
         (at == 1 || (!is_word(text[at - 2]) && text[at - 2] != '/'));
}

std::string without_name(std::string_view text, const std::string& name) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(name); at != std::string_view::npos;) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const bool ends = end == text.size() || !is_word(text[end]);
    if (begins && ends && !is_top_folder(text, at)) {
      out.append(text.substr(from, at - from)).append(hash_of(name));
      from = end;
    }
    at = text.find(name, end);
  }
  return out.append(text.substr(from));
}

/// `https://user:secret@host` without what stands before the `@`.
std::string without_passwords(std::string text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    const std::size_t begin = at + 3;
    const std::size_t end = text.find_first_of("/?# \t\",|", begin);
    const std::size_t sign = text.substr(0, end).rfind('@');
    if (sign == std::string::npos || sign < begin) continue;
    if (text.substr(begin, sign - begin).find(':') != std::string::npos)
      text.replace(begin, sign - begin, "redacted");
  }
  return text;
}

class Redaction {
 public:
  explicit Redaction(const std::vector<std::string>& names) : names_(names) {}

  std::string text(const std::string& from) const { return redacted(from, names_); }

  Value value(Value value) const {
    std::visit([this](auto& data) { change(data); }, value.data);
    return value;
  }

  engine::Observation observation(engine::Observation one) const {
    one.slot.key = text(one.slot.key);
    one.slot.index = text(one.slot.index);
    one.value = value(std::move(one.value));
    one.origin = text(one.origin);
    one.findings.clear();
    return one;
  }

 private:
  template <class T>
  void change(T&) const {}
  void change(std::string& data) const { data = text(data); }
  void change(dsl::Path& data) const { data = dsl::Path(text(data.text)); }
  void change(dsl::List& data) const { each(data.items); }
  void change(dsl::Set& data) const { each(data.items); }
  void change(dsl::Chain& data) const {
    for (auto& link : data.links) link.text = text(link.text);
  }
  void change(dsl::Unknown& data) const {
    data.reason = text(data.reason);
    data.remedy = text(data.remedy);
  }
  void each(std::vector<std::string>& items) const {
    for (std::string& item : items) item = text(item);
  }

  const std::vector<std::string>& names_;
};

}  // namespace

std::string redacted(std::string text, const std::vector<std::string>& names) {
  text = without_passwords(std::move(text));
  for (const std::string& name : names) {
    if (!name.empty()) text = without_name(text, name);
  }
  return text;
}

void redact(const std::vector<std::string>& names, engine::Facts& facts, SnapshotOrigin& origin) {
  const Redaction redaction(names);
  engine::Facts out;
  for (const engine::Observation& one : facts.all()) out.add(redaction.observation(one));
  facts = std::move(out);
  origin.machine = redaction.text(origin.machine);
}

}  // namespace gopol::cli
