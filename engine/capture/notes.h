#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/result.h"

namespace gopol::engine {

/// A label of the machine's configuration.
struct NotedLabel {
  std::string value;
  bool system_wide = false;
};

/// What a machine was asked and what it answered, as lines of JSON. Its text is a capture: one
/// machine that can be looked at on another.
class Notes {
 public:
  std::map<std::string, NotedLabel> labels;

  /// Keeps the first answer to a question.
  void add(const std::string& question, std::string answer);
  /// nullptr: it was not asked.
  const std::string* answer_to(const std::string& question) const;
  std::size_t size() const { return answers_.size(); }
  /// The questions that read a file, whole or in parts.
  std::vector<std::string> reads_of(std::string_view file) const;
  /// Of what was read of a file, lines that are not `shown` lose their letters.
  void hide_lines(std::string_view file, const std::set<std::string, std::less<>>& shown);

  /// JSON: {"gopol_capture": 1, "labels": {...}, "answers": {question: answer}}.
  std::string text() const;
  /// `name`: of the file. Errors: R4002, it is no capture or one of a later gopol.
  static dsl::Result<Notes> parse(std::string_view text, std::string_view name);

 private:
  std::map<std::string, std::string> answers_;
};

/// Bytes without what is a secret in them by its form: of the same size, so that offsets in them
/// still hold and addresses stay addresses, where what is left still tells a printer to hide it.
std::string fit_to_hand_on(std::string_view bytes);

}  // namespace gopol::engine
