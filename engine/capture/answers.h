#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/capture/notes.h"
#include "engine/host/host.h"

namespace gopol::engine::capture {

// Answers of a host as lines of JSON, without secrets; false: the line is of another form.
std::string line_of(const FileStatus& status);
std::string line_of(const Path& path);
std::string line_of(const std::string& bytes);
std::string line_of(const std::vector<std::string>& names);
std::string line_of(const WriteAccess& access);
std::string line_of(const Output& output);
std::string line_of(const HttpAnswer& answer);
std::string line_of(const dsl::Value& value);
std::string line_of(const dsl::Diagnostics& errors);
bool read_line(std::string_view line, FileStatus& out);
bool read_line(std::string_view line, Path& out);
bool read_line(std::string_view line, std::string& out);
bool read_line(std::string_view line, std::vector<std::string>& out);
bool read_line(std::string_view line, WriteAccess& out);
bool read_line(std::string_view line, Output& out);
bool read_line(std::string_view line, HttpAnswer& out);
bool read_line(std::string_view line, dsl::Value& out);
bool read_line(std::string_view line, dsl::Diagnostics& out);

template <class T>
std::string line_of(const std::optional<T>& value) {
  return value ? line_of(*value) : "null";
}
template <class T>
bool read_line(std::string_view line, std::optional<T>& out) {
  return line == "null" || read_line(line, out.emplace());
}

/// What is asked: a word for the kind and what it is asked of, without secrets, so that a capture
/// is asked for what it shows.
std::string question(std::initializer_list<std::string_view> parts);
std::string question(const Command& command);
std::string question_of(const Path& file, Extent part);

inline constexpr const char* not_changed = "a capture is looked at and not changed";
inline dsl::Diagnostic refusal() { return dsl::problem("R4002", not_changed, ""); }

/// The capture says nothing of it.
dsl::Diagnostic not_noted(const std::string& question);

template <class T>
Result<T> answer_to(const std::string& question, const Notes& notes) {
  const std::string* line = notes.answer_to(question);
  if (line == nullptr) return not_noted(question);
  T out{};
  if (read_line(*line, out)) return out;
  dsl::Diagnostics errors;
  if (read_line(*line, errors) && !errors.empty()) return errors;
  return not_noted(question);
}

template <class T>
Result<T> noted(const std::string& question, Result<T> answer, Notes& notes) {
  notes.add(question, answer ? line_of(*answer) : line_of(answer.error()));
  return answer;
}

}  // namespace gopol::engine::capture
