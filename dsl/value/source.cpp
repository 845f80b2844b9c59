#include "dsl/value/source.h"

#include <algorithm>
#include <utility>

namespace gopol::dsl {

SourceId SourceMap::add(std::string name, std::string text) {
  sources_.push_back(std::make_unique<Source>(Source{std::move(name), std::move(text), {}}));
  return SourceId{static_cast<std::uint32_t>(sources_.size() - 1)};
}

std::string_view SourceMap::name(SourceId id) const { return sources_[id.index]->name; }

std::string_view SourceMap::text(SourceId id) const { return sources_[id.index]->text; }

std::string_view SourceMap::text(SourceSpan span) const {
  const std::string_view whole = text(span.source);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

const std::vector<std::uint32_t>& SourceMap::line_starts(const Source& source) const {
  if (source.line_starts.empty()) {
    source.line_starts.push_back(0);
    for (std::size_t at = source.text.find('\n'); at != std::string::npos;
         at = source.text.find('\n', at + 1)) {
      source.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  return source.line_starts;
}

LineColumn SourceMap::locate(SourceId id, std::uint32_t offset) const {
  const auto& starts = line_starts(*sources_[id.index]);
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  return {line, offset - starts[line - 1] + 1};
}

std::string_view SourceMap::line(SourceId id, std::uint32_t number) const {
  const auto& source = *sources_[id.index];
  const auto& starts = line_starts(source);
  if (number == 0 || number > starts.size()) return {};
  const std::size_t begin = starts[number - 1];
  std::string_view rest = std::string_view(source.text).substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

}  // namespace gopol::dsl
