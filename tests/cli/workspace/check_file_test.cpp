#include "cli/workspace/check_file.h"

#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/providers/machine.h"

using namespace gopol;

namespace {

/// A policy file, checked with its safe fixes made.
class Checking {
 public:
  Checking() {
    workspace_.host = std::make_unique<engine::Host>(machine_.host());
    workspace_.providers = providers::standard_providers({}, {});
    workspace_.schemas = engine::schemas_of(workspace_.providers);
  }
  void write(const std::string& text) const { machine_.temp.write("a.policy", text); }
  std::string text() const { return machine_.temp.read("a.policy"); }
  std::vector<std::string> codes(bool fix) {
    cli::Checked checked;
    std::vector<std::string> out;
    for (const auto& one :
         cli::check_file((machine_.temp / "a.policy").text, fix, false, workspace_, checked))
      out.push_back(one.code);
    return out;
  }

 private:
  tests::Machine machine_;
  cli::Workspace workspace_;
};

std::string guarded(const std::string& condition) {
  return "gopol 1.0\nenforce a {\n  because \"r\"\n  when " + condition +
         "\n  file \"/etc/x\" absent\n}\n";
}

}  // namespace

TEST_CASE("of fixes that overlap one is made, the other the next time") {
  Checking checking;
  const std::string once = "user.name matches \"m\"";
  checking.write(guarded(once + " and " + once));
  CHECK(checking.codes(false).size() > 1);
  CHECK(checking.text() == guarded(once + " and " + once));
  checking.codes(true);
  CHECK(checking.text() == guarded("user.name == \"m\" and user.name == \"m\""));
  checking.codes(true);
  CHECK(checking.text() == guarded("user.name == \"m\""));
}

TEST_CASE("what has no safe fix is left as it is") {
  Checking checking;
  const std::string broken = "gopol 1.0\nenforce a {\n";
  checking.write(broken);
  CHECK(!checking.codes(true).empty());
  CHECK(checking.text() == broken);
}
