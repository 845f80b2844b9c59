#include "tests/table.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "tests/catch.h"

namespace gopol::tests {
namespace {

std::string unescape(std::string_view cell) {
  if (cell == "<empty>") return {};
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      out += cell[i];
      continue;
    }
    switch (cell[++i]) {
      case 't': out += '\t'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case '\\': out += '\\'; break;
      default: out += {'\\', cell[i]};
    }
  }
  return out;
}

Row cells(std::string_view line) {
  Row out;
  while (true) {
    const std::size_t tab = line.find('\t');
    out.push_back(unescape(line.substr(0, tab)));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

std::string truth_folder() {
  const char* folder = std::getenv("GOPOL_TRUTH");
  return folder != nullptr && *folder != '\0' ? folder : GOPOL_SOURCE_DIR "/tests/data";
}

std::string truth_path(std::string_view name) {
  const std::string path = truth_folder() + "/" + std::string(name);
  if (std::filesystem::exists(path)) return path;
  const char* other = std::getenv("GOPOL_TRUTH");
  if (other == nullptr || *other == '\0') FAIL(path << " is not there");
  std::printf("skipped: %s is not in %s\n", std::string(name).c_str(), truth_folder().c_str());
  return {};
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Row> truth_table(std::string_view name) {
  const std::string path = truth_path(name);
  if (path.empty()) return {};
  const std::string text = read_file(path);
  std::vector<Row> rows;
  std::string_view rest = text;
  for (bool header = true; !rest.empty(); header = false) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!header && !line.empty()) rows.push_back(cells(line));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return rows;
}

std::vector<Row> truth_csv(std::string_view name) {
  const std::string path = truth_path(name);
  if (path.empty()) return {};
  std::vector<Row> rows;
  Row row(1);
  bool quoted = false;
  const std::string text = read_file(path);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '"' && text.substr(i, 2) == "\"\"") {
      row.back() += text[++i];
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == ',') {
      row.emplace_back();
    } else if (!quoted && text[i] == '\n') {
      rows.push_back(std::exchange(row, Row(1)));
    } else if (quoted || text[i] != '\r') {
      row.back() += text[i];
    }
  }
  if (row != Row(1)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace gopol::tests
