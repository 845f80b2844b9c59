#include "dsl/check/check.h"

#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/golden.h"
#include "tests/policy_text.h"

using namespace gopol;

namespace {

const dsl::Schemas& schemas() {
  static const dsl::Schemas all = engine::schemas_of(providers::standard_providers({}, {}));
  return all;
}

}  // namespace

TEST_CASE("the checker says what is wrong, where, and what to do") {
  tests::check_goldens("check", ".diag", [](const std::string& name, const std::string& text) {
    return tests::complaints(name, text, schemas());
  });
}

TEST_CASE("every schema has documents and types that can be checked") {
  for (const dsl::Schema& schema : schemas().families) {
    CAPTURE(schema.family);
    CHECK(!schema.doc.empty());
    for (const auto& attribute : schema.attributes) {
      CAPTURE(attribute.name);
      CHECK(!attribute.doc.empty());
      CHECK((attribute.type.kind != dsl::TypeKind::word || !attribute.type.words.empty()));
      CHECK((!attribute.writable || attribute.assertable));
    }
  }
}

TEST_CASE("loops expand to ten thousand rounds and no more") {
  std::string list, text = "gopol 1.0\n";
  for (int i = 0; i < 101; ++i) list += "\"a" + std::to_string(i) + "\", ";
  text += "let l = [" + list +
          "]\nenforce x { for a in l { for b in l { go.env { GOPRIVATE includes [a, b] } } } }\n";
  const std::string said = tests::complaints("loops.policy", text, schemas());
  CHECK(said.find("error[P2013]") == 0);
  CHECK(said.find("error", 6) == std::string::npos);
}
