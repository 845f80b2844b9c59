#include "dsl/syntax/grammar.h"

#include <tao/pegtl/contrib/analyze.hpp>

#include "dsl/syntax/lexemes.h"
#include "tests/catch.h"

TEST_CASE("the grammar always moves forward") {
  CHECK(tao::pegtl::analyze<gopol::dsl::grammar::file>() == 0);
  CHECK(tao::pegtl::analyze<gopol::dsl::lexeme::version>() == 0);
  CHECK(tao::pegtl::analyze<gopol::dsl::lexeme::text>() == 0);
  CHECK(tao::pegtl::analyze<gopol::dsl::lexeme::bad_text>() == 0);
  CHECK(tao::pegtl::analyze<gopol::dsl::lexeme::raw>() == 0);
}
