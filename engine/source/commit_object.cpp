#include "engine/source/commit_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace gopol::engine {
namespace {

using dsl::Result;

constexpr std::string_view hex_digits = "0123456789abcdef", digits = "0123456789";
constexpr std::string_view signature_header = "gpgsig";

/// Takes an object's header apart, line by line.
class Headers {
 public:
  explicit Headers(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    return out;
  }
  /// The value of the next line, if that is of this header.
  std::optional<std::string_view> value(std::string_view name) {
    if (!rest_.starts_with(name) || rest_.substr(name.size(), 1) != " ") return {};
    return line().substr(name.size() + 1);
  }
  /// All lines that go on with the one before.
  std::vector<std::string_view> continued() {
    std::vector<std::string_view> out;
    while (rest_.starts_with(' ')) out.push_back(line().substr(1));
    return out;
  }

 private:
  std::string_view rest_;
};

std::optional<std::string> id_in(std::optional<std::string_view> value) {
  if (!value || value->size() != 40 || value->find_first_not_of(hex_digits) != value->npos)
    return {};
  return std::string(*value);
}

std::optional<CommitLinks> take_links(Headers& headers) {
  auto tree = id_in(headers.value("tree"));
  if (!tree) return {};
  CommitLinks out{std::move(*tree), {}};
  while (const auto value = headers.value("parent")) {
    auto parent = id_in(value);
    if (!parent) return {};
    out.parents.push_back(std::move(*parent));
  }
  return out;
}

/// `Name <address> 1700000000 +0100`
struct Identity {
  std::string who;
  std::chrono::system_clock::time_point time;
};

std::optional<Identity> identity_in(std::optional<std::string_view> value) {
  if (!value) return {};
  const std::size_t end = value->rfind('>');
  if (end == value->npos || value->substr(0, end).find('<') == value->npos) return {};
  const std::string_view when = value->substr(end + 1);
  const std::size_t gap = when.rfind(' ');
  if (!when.starts_with(' ') || gap == 0) return {};
  const std::string_view zone = when.substr(gap + 1), seconds = when.substr(1, gap - 1);
  const bool is_zone = zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') &&
                       zone.find_first_not_of(digits, 1) == zone.npos;
  constexpr std::int64_t latest = 7'258'118'400;  // the year 2200: what a clock can say
  std::int64_t number = 0;
  const char* stop = seconds.data() + seconds.size();
  const auto read = std::from_chars(seconds.data(), stop, number);
  if (!is_zone || read.ec != std::errc() || read.ptr != stop) return {};
  return Identity{std::string(value->substr(0, end + 1)),
                  std::chrono::system_clock::time_point(
                      std::chrono::seconds(std::clamp<std::int64_t>(number, 0, latest)))};
}

/// Of a header that is none of git's four; those stand once, at their places.
bool is_further_header(std::string_view name) {
  if (name.empty()) return false;
  for (const std::string_view own : {"tree", "parent", "author", "committer"}) {
    if (name == own) return false;
  }
  return !name.starts_with(signature_header) &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// What stands between the committer and the message; nothing if that is as git never writes it.
std::optional<std::string> take_signature(Headers& headers) {
  std::vector<std::string_view> seen;
  while (!headers.at_end()) {
    if (const auto first = headers.value(signature_header)) {
      std::string out = std::string(*first) + "\n";
      for (const std::string_view line : headers.continued()) out += std::string(line) + "\n";
      return headers.at_end() ? std::optional(std::move(out)) : std::nullopt;
    }
    const std::string_view line = headers.line();
    const std::string_view name = line.substr(0, line.find(' '));
    if (name.size() == line.size() || !is_further_header(name)) return {};
    if (name == "encoding" && std::find(seen.begin(), seen.end(), name) != seen.end()) return {};
    seen.push_back(name);
    headers.continued();
  }
  return "";
}

dsl::Diagnostic malformed(const std::string& commit, const char* what) {
  return dsl::problem("T6009", fmt::format("commit {} {}", commit.substr(0, 7), what),
                      "git writes no such commit: find out who did, and commit anew");
}

}  // namespace

std::optional<CommitLinks> links_of(std::string_view object) {
  Headers headers(object);
  return take_links(headers);
}

dsl::Result<SignedCommit> read_commit(std::string commit, std::string_view object) {
  constexpr const char* odd = "has headers that are not those of a commit";
  if (object.find('\0') != object.npos) return malformed(commit, "holds a NUL byte");
  const std::size_t gap = object.find("\n\n");
  if (gap == object.npos) return malformed(commit, odd);
  const std::string_view top = object.substr(0, gap + 1);
  Headers headers(top);
  auto links = take_links(headers);
  if (!links) return malformed(commit, odd);
  const auto author = identity_in(headers.value("author"));
  const auto committer = identity_in(headers.value("committer"));
  if (!author || !committer) return malformed(commit, odd);
  auto signature = take_signature(headers);
  if (!signature) return malformed(commit, odd);
  SignedCommit out;
  out.commit = std::move(commit);
  out.message = object.substr(gap + 2);
  out.author = author->who;
  out.time = committer->time;
  out.authored = author->time;
  out.tree = std::move(links->tree);
  out.parents = std::move(links->parents);
  const std::size_t extra =
      signature->empty() ? top.npos : top.find("\n" + std::string(signature_header) + " ");
  out.payload =
      fmt::format("{}\n{}", top.substr(0, extra == top.npos ? extra : extra + 1), out.message);
  out.signature = std::move(*signature);
  if (object_of(out) != object) return malformed(out.commit, odd);
  return out;
}

std::string object_of(const SignedCommit& commit) {
  if (commit.signature.empty()) return commit.payload;
  const std::size_t gap = commit.payload.find("\n\n");
  if (gap == std::string::npos) return "";
  std::string out = commit.payload.substr(0, gap + 1);
  std::string_view rest = commit.signature;
  std::string_view start = signature_header;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    out += fmt::format("{} {}\n", start, rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    start = "";
  }
  return out + commit.payload.substr(gap + 1);
}

}  // namespace gopol::engine
