#include "engine/source/signature_check.h"

#include <fmt/format.h>

#include <utility>

#include "engine/real/write_file.h"

namespace gopol::engine {

dsl::Diagnostic untrusted(std::string message, std::string help) {
  return dsl::problem("T6005", std::move(message), std::move(help));
}

std::string short_of(const SignedCommit& commit) { return commit.commit.substr(0, 7); }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) out.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

Result<SignatureCheck> SignatureCheck::of(const SignedCommit& commit, const Programs& programs) {
  auto scratch = Scratch::make();
  if (!scratch) return scratch.error();
  SignatureCheck out(commit, programs, std::move(*scratch));
  if (auto done = out.write("signature", commit.signature); !done) return done.error();
  return out;
}

Result<Done> SignatureCheck::write(const std::string& name, std::string_view text) const {
  const Path file(at(name));
  if (replace_file(file.text, text, {.mode = 0600}) == 0) return Done{};
  return dsl::problem("R4002", fmt::format("cannot write `{}`", file.text));
}

Result<Output> SignatureCheck::run(std::vector<std::string> argv) const {
  Command command;
  command.argv = std::move(argv);
  command.input = commit_->payload;
  command.environment = {{"TZ", "UTC"}};
  command.deadline = std::chrono::seconds(30);
  return programs_->query(command);
}

}  // namespace gopol::engine
