#include "providers/tcc/client_program.h"

#include <algorithm>
#include <optional>
#include <set>

#include "providers/read/plist_text.h"
#include "providers/read/reading.h"
#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using dsl::Path;
using engine::Host;

/// The sealed system volume: only Apple's updates change it. Its data volume is not sealed.
bool is_from_apple(const Path& program, const Host& host) {
  const auto real = host.disk().resolve(program);
  if (!real || !*real) return false;
  const auto within = [&](const char* folder) { return (*real)->is_within(Path(folder)); };
  if (within("/System/Volumes") || within("/usr/local")) return false;
  return within("/System") || within("/usr") || within("/bin") || within("/sbin");
}

Candidate candidate(const Path& whole, const Path& program, const Host& host) {
  return {whole, program, {code_slices(host.disk(), program), is_from_apple(program, host)}};
}

/// The folders in a folder that are no applications, and `depth` levels of those in them.
void add_folders(const Path& folder, int depth, const Host& host, std::vector<Path>& out) {
  const auto names = host.disk().list(folder);
  if (!names) return;
  for (const std::string& name : *names) {
    if (name.ends_with(".app") || name.starts_with('.')) continue;
    const Path inner = folder / name;
    const auto status = host.disk().stat(inner);
    if (!status || status->type != engine::FileStatus::Type::folder) continue;
    out.push_back(inner);
    if (depth > 1) add_folders(inner, depth - 1, host, out);
  }
}

/// `searched_places`. In /Applications others make folders of their own: Setapp, Utilities, a user;
/// Toolbox has APP/ch-0/VERSION, Homebrew CASK/VERSION.
std::vector<Path> application_folders(const Host& host) {
  const Path home = host.system().user().home;
  std::vector<Path> out = {Path("/Applications"), home / "Applications",
                           Path("/System/Applications"), Path("/System/Library/CoreServices")};
  for (const std::size_t outer : {0U, 1U, 2U}) add_folders(Path(out[outer]), 1, host, out);
  out.emplace_back("/System/Library/CoreServices/Applications");
  add_folders(home / "Library/Application Support/JetBrains/Toolbox/apps", 3, host, out);
  for (const char* caskroom : {"/opt/homebrew/Caskroom", "/usr/local/Caskroom"})
    add_folders(Path(caskroom), 2, host, out);
  return out;
}

/// The program of an application, if that has the bundle identifier.
std::optional<Path> program_in(const Path& application, const std::string& bundle,
                               const Host& host) {
  const FileText about = read_text(host, application / "Contents/Info.plist");
  if (!about.there || plist_string(about.text, "CFBundleIdentifier") != bundle) return {};
  const auto name = plist_string(about.text, "CFBundleExecutable");
  if (!name || name->empty() || name->find('/') != std::string::npos) return {};
  return application / "Contents/MacOS" / *name;
}

/// Whether its pages are others than its signature says: macOS would not let it run. Of the sealed
/// system volume macOS itself sees to that.
bool was_changed(const Candidate& one, const Host& host) {
  return !one.program.from_apple && has_intact_pages(host.disk(), one.code) == false;
}

/// Exit codes of codesign(1): 0 it is, 3 well signed and not what is asked for.
Verdict ask_codesign(const Requirement& asked, const Path& whole, const Host& host) {
  engine::Command command;
  command.argv = {"/usr/bin/codesign", "--verify", "-R=" + to_text(asked), whole.text};
  command.deadline = std::chrono::seconds(30);
  const auto output = host.programs().query(command);
  if (!output) return Verdict::undecided;
  if (output->status == 0) return Verdict::yes;
  return output->status == 3 ? Verdict::no : Verdict::undecided;
}

}  // namespace

std::vector<Candidate> programs_of(const std::string& client, const Host& host) {
  std::vector<Candidate> out;
  if (client.starts_with('/')) {
    const Path program(client);
    const auto status = host.disk().stat_target(program);
    if (status && status->type == engine::FileStatus::Type::regular)
      out.push_back(candidate(program, program, host));
    return out;
  }
  std::set<Path> seen;  // the Caskroom has links to what is in /Applications
  for (const Path& folder : application_folders(host)) {
    const auto names = host.disk().list(folder);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (!name.ends_with(".app")) continue;
      const auto real = host.disk().resolve(folder / name);
      if (real && *real && !seen.insert(**real).second) continue;
      if (const auto program = program_in(folder / name, client, host))
        out.push_back(candidate(folder / name, *program, host));
    }
  }
  return out;
}

Verdict judge(const Requirement& asked, const std::vector<Candidate>& programs, const Host& host) {
  if (programs.empty()) return Verdict::undecided;
  Verdict least = Verdict::yes, most = Verdict::no;
  for (const Candidate& one : programs) {
    Verdict verdict = match(asked, one.program);
    if (verdict == Verdict::yes && was_changed(one, host))
      verdict = Verdict::undecided;
    else if (verdict == Verdict::undecided)
      verdict = ask_codesign(asked, one.whole, host);
    least = std::min(least, verdict);
    most = std::max(most, verdict);
  }
  return least == most ? least : Verdict::undecided;
}

}  // namespace gopol::providers::tcc
