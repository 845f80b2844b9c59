#include "cli/workspace/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "dsl/value/secret.h"
#include "engine/encoding/sha256.h"

namespace gopol::cli {
namespace {

using dsl::Value;

constexpr std::size_t hash_digits = 16;

std::string hash_of(std::string_view text, const std::string& key) {
  return "h-" + engine::hmac_sha256(key, text).substr(0, hash_digits);
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// `/dev` is the system's folder, whatever a user is called.
bool is_top_folder(std::string_view text, std::size_t at) {
  return at > 0 && text[at - 1] == '/' &&
         (at == 1 || (!is_word(text[at - 2]) && text[at - 2] != '/'));
}

std::string without_name(std::string_view text, const std::string& name, const std::string& key) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(name); at != std::string_view::npos;) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const bool ends = end == text.size() || !is_word(text[end]);
    if (begins && ends && !is_top_folder(text, at)) {
      out.append(text.substr(from, at - from)).append(hash_of(name, key));
      from = end;
    }
    at = text.find(name, end);
  }
  return out.append(text.substr(from));
}

/// Families whose texts are names of systems, tools, formulas and versions.
bool names_things(std::string_view family) {
  static constexpr std::array<std::string_view, 9> fronts = {
      "go.", "brew.", "xcode.", "tcc.", "mdm.", "os.", "path.", "apple.", "network."};
  static constexpr std::array<std::string_view, 16> whole = {
      "os",     "cpu",   "machine",  "user", "label",   "run",     "network",   "path",
      "binary", "debug", "firewall", "sip",  "goproxy", "symlink", "directory", "rosetta"};
  const auto begins = [&](std::string_view front) { return family.starts_with(front); };
  return std::find(whole.begin(), whole.end(), family) != whole.end() ||
         std::any_of(fronts.begin(), fronts.end(), begins);
}

/// Variables of Go whose text is a pattern, a version or a list of words.
bool is_kept_variable(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kept = {
      "GOPROXY",     "GOPRIVATE",    "GONOPROXY",   "GONOSUMDB",  "GOINSECURE", "GOVCS",
      "GOFLAGS",     "GOSUMDB",      "GOTOOLCHAIN", "GOOS",       "GOARCH",     "GODEBUG",
      "GO111MODULE", "GOEXPERIMENT", "CGO_ENABLED", "GOTELEMETRY"};
  return std::find(kept.begin(), kept.end(), name) != kept.end();
}

/// Flags that carry a text of their own: commands, and what a linker writes into programs.
bool carries_text(std::string_view flag) {
  static constexpr std::array<std::string_view, 6> flags = {"ldflags",  "toolexec", "gcflags",
                                                            "asmflags", "exec",     "gccgoflags"};
  flag.remove_prefix(std::min(flag.find_first_not_of('-'), flag.size()));
  const auto begins = [&](std::string_view one) { return flag.starts_with(one); };
  return std::any_of(flags.begin(), flags.end(), begins);
}

/// Scheme, host and path of an address, wherever one stands in a text.
std::string without_login(std::string_view text) {
  std::string out;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://")) {
    const std::size_t end = std::min(text.find_first_of(" \t\n\",|", at), text.size());
    const std::size_t host_end = std::min(text.find_first_of("/?#", at + 3), end);
    const std::size_t sign = text.substr(0, host_end).rfind('@');
    const std::size_t host = sign != std::string_view::npos && sign > at ? sign + 1 : at + 3;
    const std::size_t query = std::min(text.find_first_of("?#", host), end);
    out.append(text.substr(0, at + 3)).append(text.substr(host, query - host));
    text.remove_prefix(end);
  }
  return dsl::without_secrets(out.append(text));
}

class Redactor {
 public:
  Redactor(const Redaction& how, const dsl::Schemas& schemas) : how_(how), schemas_(schemas) {}

  std::string text(std::string_view from) const {
    std::string out = without_login(from);
    for (const std::string& name : how_.names) {
      if (!name.empty()) out = without_name(out, name, how_.key);
    }
    return out;
  }

  engine::Observation observation(engine::Observation one) const {
    const bool of_go = one.inherited && one.slot.family == "go.env";  // its own, of every machine
    const bool stays = of_go || is_kept(one.slot, one.value);
    one.value = stays ? kept(std::move(one.value)) : hashed(one.value);
    one.slot.key = text(one.slot.key.text());
    one.slot.index = text(one.slot.index.text());
    one.origin = text(one.origin.text());
    one.findings.clear();
    for (engine::Elsewhere& place : one.elsewhere.edit()) {
      const bool is_public = stays && is_kept(one.slot, place.value);
      place.value = is_public || place.value.is_unknown() ? kept(std::move(place.value))
                                                          : hashed(place.value);
      place.origin = text(place.origin.text());
    }
    return one;
  }

 private:
  bool is_kept(const dsl::Slot& slot, const Value& value) const {
    if (is_listed(slot, value)) return true;
    if (!names_things(slot.family.text())) return !has_text(value);
    const bool known = is_kept_variable(slot.attribute.text()) || names_a_place(value);
    if (slot.family == "go.env" && has_text(value) && !known) return false;
    const auto* list = value.as<dsl::List>();
    return list == nullptr || std::none_of(list->items.begin(), list->items.end(), carries_text);
  }

  static bool names_a_place(const Value& value) {
    const auto* text = value.as<std::string>();
    return text != nullptr && text->starts_with('/') && text->find(' ') == std::string::npos;
  }

  /// A word that its schema lists.
  bool is_listed(const dsl::Slot& slot, const Value& value) const {
    const auto* word = value.as<std::string>();
    const auto* schema = schemas_.find(slot.family);
    const auto* attribute =
        schema != nullptr ? dsl::find_attribute(*schema, slot.attribute) : nullptr;
    if (word == nullptr || attribute == nullptr) return false;
    const auto& words = attribute->type.words;
    return std::find(words.begin(), words.end(), *word) != words.end();
  }

  static bool has_text(const Value& value) {
    return value.as<std::string>() != nullptr || value.as<dsl::List>() != nullptr ||
           value.as<dsl::Set>() != nullptr || value.as<dsl::SecretRef>() != nullptr;
  }

  Value hashed(const Value& value) const {
    return dsl::Unknown{"redacted, " + hash_of(dsl::to_text(value), how_.key), {}};
  }

  Value kept(Value value) const {
    std::visit([this](auto& data) { change(data); }, value.data);
    return value;
  }
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
    data.reason = text(data.reason.text());
    data.remedy = text(data.remedy.text());
  }
  void each(std::vector<std::string>& items) const {
    for (std::string& item : items) item = text(item);
  }

  const Redaction& how_;
  const dsl::Schemas& schemas_;
};

}  // namespace

void redact(const Redaction& how, const dsl::Schemas& schemas, engine::Facts& facts,
            SnapshotOrigin& origin) {
  const Redactor redactor(how, schemas);
  engine::Facts out;
  for (const engine::Observation& one : facts.all()) out.add(redactor.observation(one));
  facts = std::move(out);
  origin.machine = redactor.text(origin.machine);
}

}  // namespace gopol::cli
