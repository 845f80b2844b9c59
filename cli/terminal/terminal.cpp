#include "cli/terminal/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace gopol::cli {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool names_utf8(std::string_view locale) {
  return locale.find("UTF-8") != std::string_view::npos ||
         locale.find("utf8") != std::string_view::npos ||
         locale.find("UTF8") != std::string_view::npos ||
         locale.find("utf-8") != std::string_view::npos;
}

/// LC_ALL, else LC_CTYPE, else LANG. Source: locale(7).
bool is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return names_utf8(value);
  }
  return false;
}

}  // namespace

Terminal terminal_of(std::FILE* stream) {
  Terminal out;
  out.is_terminal = ::isatty(::fileno(stream)) == 1;
  out.colour = out.is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  out.utf8 = is_utf8();
  return out;
}

std::string Terminal::paint(std::string_view text, const char* code) const {
  if (!colour) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

bool print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
         std::fflush(stdout) == 0;
}

void print_error(std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
}

bool ask(std::string_view question) {
  print(question);
  char answer[16] = {};
  if (std::fgets(answer, sizeof answer, stdin) == nullptr) return false;
  return answer[0] == 'y' || answer[0] == 'Y';
}

std::string presentable(std::string_view text, std::size_t most) {
  const std::size_t line_end = text.find('\n');
  std::size_t length = line_end < text.size() ? line_end : text.size();
  const bool cut = length > most || length < text.size();
  if (length > most) {
    length = most;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U) --length;
  }
  std::string out(text.substr(0, length));
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = '?';
  }
  if (cut) out += fmt::format("... ({} bytes)", text.size());
  return out;
}

}  // namespace gopol::cli
