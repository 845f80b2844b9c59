#include "engine/capture/captured_host.h"

#include <charconv>
#include <memory>
#include <string>
#include <utility>

#include "engine/capture/answers.h"
#include "engine/encoding/json.h"
#include "engine/host/refusing_disk.h"
#include "engine/recorded/recorded_system.h"

namespace gopol::engine {
namespace {

using capture::answer_to;
using capture::question;

class CapturedDisk : public RefusingDisk {
 public:
  explicit CapturedDisk(const Notes& notes) : RefusingDisk(capture::not_changed), notes_(notes) {}

  Result<FileStatus> stat(const Path& path) const override {
    return answer_to<FileStatus>(question({"stat", path.text}), notes_);
  }
  Result<FileStatus> stat_target(const Path& path) const override {
    return answer_to<FileStatus>(question({"stat_target", path.text}), notes_);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override {
    return answer_to<std::optional<Path>>(question({"resolve", path.text}), notes_);
  }
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override {
    return answer_to<std::optional<std::string>>(capture::question_of(path, part), notes_);
  }
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return answer_to<std::optional<std::string>>(question({"read_link", path.text}), notes_);
  }
  Result<std::vector<std::string>> list(const Path& folder) const override {
    return answer_to<std::vector<std::string>>(question({"list", folder.text}), notes_);
  }
  WriteAccess write_access(const Path& path) const override {
    const auto out = answer_to<WriteAccess>(question({"write_access", path.text}), notes_);
    return out ? *out : WriteAccess{WriteAccess::Kind::read_only, path};
  }
  Result<Path> written_path(const Path& path) const override {
    return answer_to<Path>(question({"written_path", path.text}), notes_);
  }
  Result<Path> real_path(const Path& path) const override {
    return answer_to<Path>(question({"real_path", path.text}), notes_);
  }

 private:
  const Notes& notes_;
};

class CapturedPrograms : public Programs {
 public:
  explicit CapturedPrograms(const Notes& notes) : notes_(notes) {}
  Result<Output> query(const Command& command) const override {
    return answer_to<Output>(question(command), notes_);
  }
  Result<Output> run(const Command&) override { return capture::refusal(); }

 private:
  const Notes& notes_;
};

std::string text_of(std::string_view what, const Notes& notes) {
  const auto said = answer_to<std::string>(question({"system", what}), notes);
  return said ? *said : "";
}

std::uint32_t number_of(std::string_view what, const Notes& notes) {
  const std::string text = text_of(what, notes);
  std::uint32_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

RecordedMachine machine_of(const Notes& notes) {
  RecordedMachine out;
  out.platform = text_of("platform", notes);
  out.machine = text_of("machine", notes);
  out.host_name = text_of("host_name", notes);
  out.user_name = text_of("user_name", notes);
  out.user_shell = text_of("user_shell", notes);
  out.user = {Path(text_of("home", notes)), number_of("uid", notes), number_of("gid", notes)};
  if (const auto now = detail::moment_of(text_of("now", notes))) out.now = *now;
  return out;
}

/// What was asked of the kernel and of the environment.
class CapturedSystem : public System {
 public:
  CapturedSystem(std::unique_ptr<System> is, const Notes& notes)
      : is_(std::move(is)), notes_(notes) {}
  std::string_view platform() const override { return is_->platform(); }
  const User& user() const override { return is_->user(); }
  std::string user_name() const override { return is_->user_name(); }
  std::string user_shell() const override { return is_->user_shell(); }
  std::optional<std::string> environment(const std::string& name) const override {
    return said("environment", name);
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return said("sysctl", name);
  }
  std::string machine() const override { return is_->machine(); }
  std::string host_name() const override { return is_->host_name(); }
  std::chrono::system_clock::time_point now() const override { return is_->now(); }

 private:
  std::optional<std::string> said(std::string_view kind, const std::string& name) const {
    auto out = answer_to<std::optional<std::string>>(question({kind, name}), notes_);
    return out ? std::move(*out) : std::nullopt;
  }

  std::unique_ptr<System> is_;
  const Notes& notes_;
};

/// Holds the notes, which the other parts of the host only look at.
class CapturedNetwork : public Network {
 public:
  explicit CapturedNetwork(std::unique_ptr<const Notes> notes) : notes_(std::move(notes)) {}
  dsl::Value reaches(const std::string& host, std::chrono::milliseconds) const override {
    auto out = answer_to<dsl::Value>(question({"reaches", host}), *notes_);
    if (out) return std::move(*out);
    return dsl::Unknown{"the capture does not say whether " + host + " is reachable", ""};
  }
  Result<HttpAnswer> probe(const std::string& url, std::chrono::milliseconds) const override {
    return answer_to<HttpAnswer>(question({"probe", url}), *notes_);
  }
  Result<FetchedArchive> fetch_archive(const ArchiveRequest&) override {
    return capture::refusal();
  }

 private:
  std::unique_ptr<const Notes> notes_;
};

}  // namespace

Result<Host> captured_host(Notes notes) {
  auto kept = std::make_unique<const Notes>(std::move(notes));
  const Notes& says = *kept;
  RecordedMachine machine = machine_of(says);
  if (machine.platform.empty() || machine.user.home.text.empty())
    return capture::not_noted(question({"system", "platform"}));
  auto system = std::make_unique<CapturedSystem>(recorded_system(std::move(machine)), says);
  auto disk = std::make_unique<CapturedDisk>(says);
  auto programs = std::make_unique<CapturedPrograms>(says);
  return Host(std::move(disk), std::move(programs), std::move(system),
              std::make_unique<CapturedNetwork>(std::move(kept)));
}

}  // namespace gopol::engine
