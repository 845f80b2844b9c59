#include "cli/workspace/policy_files.h"

#include <filesystem>

#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/policy_text.h"
#include "tests/temp_folder.h"

using namespace gopol;

namespace {

/// A policy in a folder whose rule copies a file.
class Copying {
 public:
  Copying() {
    workspace_.providers = providers::standard_providers({}, {});
    workspace_.schemas = engine::schemas_of(workspace_.providers);
    temp.write("repo/.git/HEAD", "");
  }

  /// The content that the rule now has, or the error's code and words.
  std::string content(const std::string& name) {
    dsl::SourceMap sources;
    dsl::Policy policy = tests::policy_of(
        "enforce r { because \"r\" file \"/etc/motd\" { from = \"" + name + "\" } }",
        workspace_.schemas, sources);
    const std::string path = (temp / "repo/team/a.policy").text;
    const auto done = cli::bring_files({{path, "", path, "", read}}, workspace_, policy);
    if (!done) return done.error().front().code + " " + done.error().front().message.text();
    const dsl::Assertion& made = policy.rules.front().assertions.front();
    CHECK(made.slot.attribute == "content");
    return *made.allowed.one_of->front().as<std::string>();
  }

  const tests::TempFolder temp;
  std::function<dsl::Result<std::string>(const std::string&)> read;

 private:
  cli::Workspace workspace_;
};

}  // namespace

TEST_CASE("a file that a policy names lies beside it, and is text") {
  Copying copying;
  copying.temp.write("repo/team/motd.txt", "welcome\n");
  copying.temp.write("repo/team/deep/x", "x");
  copying.temp.write("repo/team/bytes", std::string_view("a\0b", 3));
  copying.temp.write("repo/other", "other");
  copying.temp.write("secret", "secret");
  std::filesystem::create_symlink("../../secret", (copying.temp / "repo/team/link").text);
  CHECK(copying.content("motd.txt") == "welcome\n");
  CHECK(copying.content("deep/x") == "x");
  CHECK(copying.content("bytes") == "P2015 `bytes` is no text");
  for (const char* name : {"../other", "/etc/motd", ".", "a\\\\b", "${user.home}"}) {
    CAPTURE(name);
    CHECK(copying.content(name).starts_with("P2015 "));
  }
  CHECK(copying.content("none").starts_with("P0001"));
  CHECK(copying.content("link").find("secret\n") == std::string::npos);
  CHECK(copying.content("link").size() > 6);
}

TEST_CASE("a file of a commit is asked for by its path from the top") {
  Copying copying;
  std::vector<std::string> asked;
  copying.read = [&](const std::string& path) -> dsl::Result<std::string> {
    asked.push_back(path);
    return std::string("of the commit");
  };
  CHECK(copying.content("motd.txt") == "of the commit");
  REQUIRE(asked.size() == 1);
  CHECK(asked.front().ends_with("repo/team/motd.txt"));
  copying.read = [](const std::string&) -> dsl::Result<std::string> {
    return dsl::problem("R4002", "gone");
  };
  CHECK(copying.content("motd.txt") == "R4002 gone");
}
