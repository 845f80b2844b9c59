#include "dsl/value/path.h"

#include <algorithm>
#include <vector>

namespace gopol::dsl {

bool Path::is_normal(std::string_view any) {
  if (any.empty() || any.front() != '/' || any == "/") return true;
  for (std::size_t at = 0; at != std::string_view::npos; at = any.find('/', at + 1)) {
    const std::string_view rest = any.substr(at + 1);  // a part, and what follows it
    if (rest.empty() || rest.front() == '/') return false;
    const std::string_view part = rest.substr(0, rest.find('/'));
    if (part == "." || part == "..") return false;
  }
  return true;
}

std::string Path::normalise(std::string_view any) {
  if (is_normal(any)) return std::string(any);
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (at < any.size()) {
    const std::size_t end = std::min(any.find('/', at), any.size());
    const std::string_view part = any.substr(at, end - at);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    at = end + 1;
  }
  std::string out;
  for (const std::string_view part : parts) {
    out += '/';
    out += part;
  }
  return out.empty() ? "/" : out;
}

Path Path::parent() const {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string::npos) return Path();
  return Path(slash == 0 ? "/" : text.substr(0, slash));
}

std::string_view Path::name() const {
  const std::size_t slash = text.rfind('/');
  return std::string_view(text).substr(slash == std::string::npos ? 0 : slash + 1);
}

bool Path::is_within(const Path& folder) const {
  if (folder.text == "/") return is_absolute();
  return text.starts_with(folder.text) &&
         (text.size() == folder.text.size() || text[folder.text.size()] == '/');
}

Path operator/(const Path& folder, std::string_view tail) {
  if (!tail.empty() && tail.front() == '/') return Path(tail);
  return Path(folder.text + "/" + std::string(tail));
}

}  // namespace gopol::dsl
