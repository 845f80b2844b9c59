#include "tests/go_mirror.h"

#include <cstdio>
#include <cstdlib>

#include "engine/encoding/sha256.h"

namespace gopol::tests {
namespace {

std::string zeros(std::size_t count) { return std::string(count, '\0'); }

std::string octal(unsigned long number, std::size_t width) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*lo", static_cast<int>(width - 1), number);
  return std::string(text) + '\0';
}

/// A ustar header. Source: POSIX pax, "ustar Interchange Format".
std::string header(const TarEntry& entry) {
  const auto field = [](std::string text, std::size_t width) {
    text.resize(width, '\0');
    return text;
  };
  std::string out = field(entry.name, 100) + octal(entry.mode, 8) + octal(0, 8) + octal(0, 8) +
                    octal(entry.content.size(), 12) + octal(0, 12) + std::string(8, ' ') +
                    entry.type + field(entry.target, 100) + "ustar" + '\0' + "00";
  out = field(std::move(out), 512);
  unsigned long sum = 0;
  for (const char c : out) sum += static_cast<unsigned char>(c);
  out.replace(148, 8, octal(sum, 7) + ' ');
  return out;
}

std::string noise(std::size_t count) {
  std::string out;
  unsigned state = 1;
  while (out.size() < count) {
    state = state * 1664525U + 1013904223U;
    out += static_cast<char>(state >> 24U);
  }
  return out;
}

}  // namespace

std::string program_head(const std::string& os, const std::string& arch) {
  if (os == "darwin") {
    return std::string("\xcf\xfa\xed\xfe", 4) + (arch == "arm64" ? '\x0c' : '\x07') +
           std::string("\0\0\1", 3) + zeros(24);
  }
  return "\x7f"
         "ELF\2\1\1" +
         zeros(11) + (arch == "arm64" ? '\xb7' : '\x3e') + '\0' + zeros(44);
}

std::string tar_gz_of(const std::vector<TarEntry>& entries, const TempFolder& temp) {
  std::string tar;
  for (const TarEntry& entry : entries) {
    tar += header(entry) + entry.content;
    tar += zeros((512 - tar.size() % 512) % 512);
  }
  tar += zeros(1024);
  temp.write("archive.tar", tar);
  const std::string file = (temp / "archive.tar").text;
  if (std::system(("gzip -nf '" + file + "'").c_str()) != 0) return {};
  return temp.read("archive.tar.gz");
}

std::string archive_of(const TinyGo& go, const TempFolder& temp) {
  return tar_gz_of({{"go/", '5', "", "", 0755},
                    {"go/VERSION", '0', go.version + "\ntime 2024-03-29T00:00:00Z\n"},
                    {"go/bin/", '5', "", "", 0755},
                    {"go/bin/go", '0', program_head(go.os, go.arch), "", 04755},
                    {"go/src/", '5', "", "", 0755},
                    {"go/src/big", '0', noise(go.padding)},
                    {"go/src/\xc3\x84"
                     "foo.go",
                     '0', "package main\n"},
                    {"go/src/link", '2', "", "../VERSION"}},
                   temp);
}

std::string file_name(const TinyGo& go) {
  return go.version + "." + go.os + "-" + go.arch + ".tar.gz";
}

std::string index_of(const TinyGo& go, const std::string& sha256, const std::string& filename) {
  return R"([{"version":")" + go.version + R"(","stable":true,"files":[{"filename":")" +
         (filename.empty() ? file_name(go) : filename) + R"(","os":")" + go.os + R"(","arch":")" +
         go.arch + R"(","version":")" + go.version + R"(","sha256":")" + sha256 +
         R"(","size":0,"kind":"archive"}]}])";
}

std::map<std::string, Page> mirror_pages(const TinyGo& go, const std::string& archive) {
  std::map<std::string, Page> out;
  out["/dl/"].body = index_of(go, engine::sha256(archive));
  out["/dl/" + file_name(go)].body = archive;
  return out;
}

}  // namespace gopol::tests
