#include "engine/rehearse/host_copy.h"

#include "engine/host/same_system.h"
#include "engine/rehearse/disk_copy.h"

namespace gopol::engine {
namespace {

dsl::Diagnostic only_rehearsed() {
  return dsl::problem("R4002", "this is a copy of the machine, where nothing else is changed");
}

class CopiedPrograms final : public Programs {
 public:
  CopiedPrograms(const Programs& programs, CopyLog& log) : programs_(programs), log_(log) {}
  Result<Output> query(const Command& command) const override { return programs_.query(command); }
  Result<Output> run(const Command&) override {
    log_.wanted_program = true;
    return only_rehearsed();
  }

 private:
  const Programs& programs_;
  CopyLog& log_;
};

class CopiedNetwork final : public Network {
 public:
  CopiedNetwork(const Network& network, CopyLog& log) : network_(network), log_(log) {}
  dsl::Value reaches(const std::string& host, std::chrono::milliseconds deadline) const override {
    return network_.reaches(host, deadline);
  }
  Result<HttpAnswer> probe(const std::string& url,
                           std::chrono::milliseconds deadline) const override {
    return network_.probe(url, deadline);
  }
  Result<FetchedArchive> fetch_archive(const ArchiveRequest&) override {
    log_.wanted_archive = true;
    return only_rehearsed();
  }

 private:
  const Network& network_;
  CopyLog& log_;
};

}  // namespace

Host copy_of(const Host& host, CopyLog& log) {
  return Host(disk_copy(host.disk(), log), std::make_unique<CopiedPrograms>(host.programs(), log),
              same_system(host.system()), std::make_unique<CopiedNetwork>(host.network(), log));
}

}  // namespace gopol::engine
