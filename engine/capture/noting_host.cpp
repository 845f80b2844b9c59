#include "engine/capture/noting_host.h"

#include <string>
#include <utility>

#include "dsl/value/secret.h"
#include "engine/capture/answers.h"
#include "engine/encoding/moment.h"
#include "engine/host/refusing_disk.h"

namespace gopol::engine {
namespace {

using capture::line_of;
using capture::noted;
using capture::question;

class NotingDisk : public RefusingDisk {
 public:
  NotingDisk(const Disk& disk, Notes& notes)
      : RefusingDisk(capture::not_changed), disk_(disk), notes_(notes) {}

  Result<FileStatus> stat(const Path& path) const override {
    return noted(question({"stat", path.text}), disk_.stat(path), notes_);
  }
  Result<FileStatus> stat_target(const Path& path) const override {
    return noted(question({"stat_target", path.text}), disk_.stat_target(path), notes_);
  }
  Result<std::optional<Path>> resolve(const Path& path) const override {
    return noted(question({"resolve", path.text}), disk_.resolve(path), notes_);
  }
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override {
    return noted(capture::question_of(path, part), disk_.read(path, part), notes_);
  }
  Result<std::optional<std::string>> read_link(const Path& path) const override {
    return noted(question({"read_link", path.text}), disk_.read_link(path), notes_);
  }
  Result<std::vector<std::string>> list(const Path& folder) const override {
    return noted(question({"list", folder.text}), disk_.list(folder), notes_);
  }
  WriteAccess write_access(const Path& path) const override {
    WriteAccess out = disk_.write_access(path);
    notes_.add(question({"write_access", path.text}), line_of(out));
    return out;
  }
  Result<Path> written_path(const Path& path) const override {
    return noted(question({"written_path", path.text}), disk_.written_path(path), notes_);
  }
  Result<Path> real_path(const Path& path) const override {
    return noted(question({"real_path", path.text}), disk_.real_path(path), notes_);
  }

 private:
  const Disk& disk_;
  Notes& notes_;
};

class NotingPrograms : public Programs {
 public:
  NotingPrograms(const Programs& programs, Notes& notes) : programs_(programs), notes_(notes) {}
  Result<Output> query(const Command& command) const override {
    return noted(question(command), programs_.query(command), notes_);
  }
  Result<Output> run(const Command&) override { return capture::refusal(); }

 private:
  const Programs& programs_;
  Notes& notes_;
};

class NotingSystem : public System {
 public:
  NotingSystem(const System& system, Notes& notes) : system_(system), notes_(notes) {
    keep("platform", std::string(system.platform()));
    keep("home", system.user().home.text);
    keep("uid", std::to_string(system.user().uid));
    keep("gid", std::to_string(system.user().gid));
    keep("user_name", system.user_name());
    keep("user_shell", system.user_shell());
    keep("machine", system.machine());
    keep("host_name", system.host_name());
    keep("now", moment_text(system.now()));
  }
  std::string_view platform() const override { return system_.platform(); }
  const User& user() const override { return system_.user(); }
  std::string user_name() const override { return system_.user_name(); }
  std::string user_shell() const override { return system_.user_shell(); }
  std::optional<std::string> environment(const std::string& name) const override {
    auto out = system_.environment(name);
    const bool hidden = out && dsl::names_secret(name);
    notes_.add(question({"environment", name}),
               line_of(hidden ? std::optional(std::string(dsl::secret_mark)) : out));
    return out;
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    auto out = system_.sysctl(name);
    notes_.add(question({"sysctl", name}), line_of(out));
    return out;
  }
  std::string machine() const override { return system_.machine(); }
  std::string host_name() const override { return system_.host_name(); }
  std::chrono::system_clock::time_point now() const override { return system_.now(); }

 private:
  void keep(std::string_view what, const std::string& value) {
    notes_.add(question({"system", what}), line_of(value));
  }

  const System& system_;
  Notes& notes_;
};

class NotingNetwork : public Network {
 public:
  NotingNetwork(const Network& network, Notes& notes) : network_(network), notes_(notes) {}
  dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const override {
    dsl::Value out = network_.reaches(host, deadline);
    notes_.add(question({"reaches", host}), line_of(out));
    return out;
  }
  Result<HttpAnswer> probe(const std::string& url,
                           std::chrono::milliseconds deadline) const override {
    return noted(question({"probe", url}), network_.probe(url, deadline), notes_);
  }
  Result<FetchedArchive> fetch_archive(const ArchiveRequest&) override {
    return capture::refusal();
  }

 private:
  const Network& network_;
  Notes& notes_;
};

}  // namespace

Host noting_host(const Host& host, Notes& notes) {
  return Host(std::make_unique<NotingDisk>(host.disk(), notes),
              std::make_unique<NotingPrograms>(host.programs(), notes),
              std::make_unique<NotingSystem>(host.system(), notes),
              std::make_unique<NotingNetwork>(host.network(), notes));
}

}  // namespace gopol::engine
