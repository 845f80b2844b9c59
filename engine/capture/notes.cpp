#include "engine/capture/notes.h"

#include <algorithm>
#include <utility>

#include "dsl/value/secret.h"
#include "dsl/value/utf8.h"
#include "engine/encoding/json.h"

namespace gopol::engine {
namespace {

using detail::Json;

constexpr std::uint64_t version = 1;

dsl::Diagnostic no_capture(const char* why) {
  return dsl::problem("R4002", std::string("it is no capture: ") + why,
                      "`gopol capture FILE` makes one");
}

}  // namespace

void Notes::add(const std::string& question, std::string answer) {
  answers_.try_emplace(question, std::move(answer));
}

const std::string* Notes::answer_to(const std::string& question) const {
  const auto at = answers_.find(question);
  return at == answers_.end() ? nullptr : &at->second;
}

std::string Notes::text() const {
  Json answers = Json::object(), names = Json::object();
  for (const auto& [name, label] : labels)
    names[name] = Json{{"value", label.value}, {"system_wide", label.system_wide}};
  for (const auto& [question, answer] : answers_) {
    auto said = detail::parse_json(answer);
    answers[question] = said ? std::move(*said) : Json();
  }
  const Json out{
      {"gopol_capture", version}, {"labels", std::move(names)}, {"answers", std::move(answers)}};
  return out.dump(1) + "\n";
}

dsl::Result<Notes> Notes::parse(std::string_view text) {
  const auto json = detail::parse_json(text);
  if (!json) return no_capture("not JSON");
  const Json* made_by = detail::find(*json, "gopol_capture");
  const Json* answers = detail::find(*json, "answers");
  if (made_by == nullptr || answers == nullptr || !answers->is_object())
    return no_capture("no `gopol_capture`, no `answers`");
  if (detail::number_in(*json, "gopol_capture") != version) return no_capture("of a later gopol");
  Notes out;
  for (const auto& [question, answer] : answers->items())
    out.answers_.try_emplace(question, detail::line_of(answer));
  if (const Json* names = detail::find(*json, "labels"); names != nullptr && names->is_object()) {
    for (const auto& [name, label] : names->items()) {
      out.labels[name] = {detail::text_in(label, "value"), detail::flag_in(label, "system_wide")};
    }
  }
  return out;
}

std::string fit_to_hand_on(std::string_view bytes) {
  const bool is_text = dsl::is_utf8(bytes) && bytes.find('\0') == std::string_view::npos;
  if (is_text) return dsl::without_secrets(bytes);
  std::string out(bytes);
  for (const dsl::TextPart& part : dsl::secrets_in(bytes))
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(part.begin), part.end - part.begin, 'x');
  return out;
}

}  // namespace gopol::engine
