#include "cli/workspace/policy_origin.h"

#include <cstdlib>

#include "tests/catch.h"
#include "tests/providers/machine.h"

#ifdef GOPOL_NET_PROGRAM

using namespace gopol;

namespace {

/// A bare repository with a policy, and who asks for it.
class Source {
 public:
  Source() {
    sh("git init -q --bare -b main policies.git && git clone -q policies.git work 2>/dev/null");
    push("first");
    machine_.is.user.home = machine_.temp / "home";
    workspace.host = std::make_unique<engine::Host>(machine_.host());
    options.source = (machine_.temp / "policies.git").text;
  }
  /// A new commit whose list says this.
  void push(const std::string& list) const {
    machine_.temp.write("work/a.policy", "gopol 1.0\n");
    machine_.temp.write("work/list.txt", list);
    sh("cd work && git add -A && git -c user.name=Ann -c user.email=ann@example.com commit -q -m m "
       "&& git push -q origin HEAD:main");
  }
  dsl::Result<cli::PolicyText> text() {
    auto texts = cli::policy_texts(options, workspace);
    if (!texts) return texts.error();
    REQUIRE(texts->size() == 1);
    return std::move(texts->front());
  }

  cli::Options options;
  cli::Workspace workspace;

 private:
  void sh(const std::string& command) const {
    const std::string all = "cd '" + machine_.temp.path().text +
                            "' && export HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 && " + command;
    REQUIRE(std::system(all.c_str()) == 0);
  }
  tests::Machine machine_;
};

}  // namespace

TEST_CASE("the files of a fetched policy are of one commit") {
  Source source;
  const auto text = source.text();
  CAPTURE(tests::why(text));
  REQUIRE(text);
  CHECK(text->text == "gopol 1.0\n");
  CHECK(text->commit.size() == 40);
  const auto list = text->read("list.txt");
  REQUIRE(list);
  CHECK(*list == "first");
  CHECK(!text->read("none.txt"));

  source.push("second");
  const auto later = text->read("list.txt");
  REQUIRE(!later);
  CHECK(later.error().front().code == "R4002");
  CHECK(tests::why(later).ends_with("moved on while its files were read"));
  const auto again = source.text();
  REQUIRE(again);
  CHECK(again->commit != text->commit);
  CHECK(*again->read("list.txt") == "second");
}

TEST_CASE("a policy is a file or of a source, not both") {
  Source source;
  source.options.arguments = {"a.policy"};
  CHECK(tests::why(source.text()) == "both a policy file and `--source` are given");
}

TEST_CASE("texts of several repositories are told apart by their commits") {
  std::vector<cli::PolicyText> texts(1);
  texts[0] = {"a.policy", "", "a.policy", std::string(40, '1')};
  cli::name_apart(texts);
  CHECK(texts[0].name == "a.policy");
  texts.push_back({"a.policy", "", "a.policy", std::string(40, '2')});
  cli::name_apart(texts);
  CHECK(texts[0].name == "a.policy @ 1111111");
  CHECK(texts[1].name == "a.policy @ 2222222");
}

#endif
