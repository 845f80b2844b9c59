#include "engine/capture/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/ascii.h"
#include "dsl/value/secret.h"
#include "engine/encoding/json.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::uint64_t version = 1;

dsl::Diagnostic no_capture(std::string_view name, const char* why) {
  return dsl::problem("R4002", fmt::format("`{}` is no capture: {}", name, why),
                      "`gopol capture FILE` makes one");
}

/// Letters and digits become others, so that an address or an escape stays one and sizes stay.
void hide(std::string& text, dsl::TextPart part) {
  for (std::size_t at = part.begin; at < part.end; ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      text[at] = '0';
    } else if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || static_cast<unsigned char>(c) >= 0x80) {
      text[at] = 'a';
    }
  }
}

std::string with_lines_hidden(std::string_view bytes,
                              const std::set<std::string, std::less<>>& shown) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    out += line;
    if (!shown.contains(line)) hide(out, {out.size() - line.size(), out.size()});
    if (end < bytes.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

}  // namespace

void Notes::add(const std::string& question, std::string answer) {
  answers_.try_emplace(question, std::move(answer));
}

const std::string* Notes::answer_to(const std::string& question) const {
  const auto at = answers_.find(question);
  return at == answers_.end() ? nullptr : &at->second;
}

std::vector<std::string> Notes::reads_of(std::string_view file) const {
  std::string front = detail::line_of(Json::array({"read", detail::json_text(file)}));
  front.pop_back();  // `]`: a part of the file may be named behind it
  std::vector<std::string> out;
  for (auto at = answers_.lower_bound(front); at != answers_.end() && at->first.starts_with(front);
       ++at)
    out.push_back(at->first);
  return out;
}

void Notes::hide_lines(std::string_view file, const std::set<std::string, std::less<>>& shown) {
  for (const std::string& question : reads_of(file)) {
    std::string& answer = answers_[question];
    const auto json = detail::parse_json(answer);
    const auto bytes = json ? detail::bytes_of(*json) : std::nullopt;
    if (bytes) answer = detail::line_of(detail::json_text(with_lines_hidden(*bytes, shown)));
  }
}

/// One line an answer: they are JSON already.
std::string Notes::text() const {
  Json names = Json::object();
  for (const auto& [name, label] : labels)
    names[name] = Json{{"value", label.value}, {"system_wide", label.system_wide}};
  std::string out = fmt::format("{{\"gopol_capture\":{},\"labels\":{},\"answers\":{{", version,
                                detail::line_of(names));
  const char* separator = "\n";
  for (const auto& [question, answer] : answers_) {
    out += fmt::format("{}{}:{}", separator, detail::line_of(Json(question)), answer);
    separator = ",\n";
  }
  return out + "\n}}\n";
}

dsl::Result<Notes> Notes::parse(std::string_view text, std::string_view name) {
  const auto json = detail::parse_json(text);
  if (!json) return no_capture(name, "it is not JSON");
  const Json* made_by = detail::find(*json, "gopol_capture");
  const Json* answers = detail::find(*json, "answers");
  if (made_by == nullptr || answers == nullptr || !answers->is_object())
    return no_capture(name, "it has no `gopol_capture` or no `answers`");
  if (detail::number_in(*json, "gopol_capture") != version)
    return no_capture(name, "a later gopol made it");
  if (answers->find(R"(["system","platform"])") == answers->end())
    return no_capture(name, "it does not say which machine it is");
  Notes out;
  for (const auto& [question, answer] : answers->items())
    out.answers_.try_emplace(question, detail::line_of(answer));
  if (const Json* names = detail::find(*json, "labels"); names != nullptr && names->is_object()) {
    for (const auto& [key, label] : names->items()) {
      out.labels[key] = {detail::text_in(label, "value"), detail::flag_in(label, "system_wide")};
    }
  }
  return out;
}

std::string fit_to_hand_on(std::string_view bytes) {
  std::string out(bytes);
  for (const dsl::TextPart& part : dsl::secrets_in(bytes)) hide(out, part);
  // A token is known by its front: where nothing would hide it any more, a mark does.
  const bool told = dsl::without_secrets(out) == dsl::without_secrets(bytes);
  return told ? out : dsl::without_secrets(bytes);
}

}  // namespace gopol::engine
