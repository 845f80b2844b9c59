#include "engine/source/commit_object.h"

#include <algorithm>
#include <random>

#include "tests/catch.h"

using namespace gopol::engine;

namespace {

const std::string id(40, '3');

std::string object(const std::string& headers, const std::string& message) {
  return "tree " + std::string(40, 'a') + "\nparent " + std::string(40, 'b') +
         "\nauthor Ann <ann@corp.example> 1714557600 +0200\n"
         "committer Bob <bob@corp.example> 1714557660 -0700\n" +
         headers + "\n" + message;
}

const std::string signature =
    "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n \n -----END SSH SIGNATURE-----\n";
const std::string armoured =
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n\n-----END SSH SIGNATURE-----\n";
const std::string long_message =
    "subject\n\nReviewers asked for this line:\nGopol-Revert: 1\n\nSigned-off-by: Ann\n";
const std::string honest = object("encoding UTF-8\nchange-id wxyz\n" + signature, long_message);

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

/// What a server without keys can do to a commit: move, double, drop and cut lines, and put the
/// words between them that have misled readers.
std::string changed(const std::string& from, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  std::vector<std::string> lines = lines_in(from);
  const std::vector<std::string> words{"gpgsig\n",
                                       "gpgsig",
                                       "gpgsig x\n",
                                       " ",
                                       " \n",
                                       "\n",
                                       std::string(1, '\0'),
                                       "\r\n",
                                       "tree " + std::string(40, 'c') + "\n",
                                       "parent " + std::string(40, 'c') + "\n",
                                       "author E <e@e> 1 +0000\n",
                                       "gpgsig-sha256 x\n",
                                       "encoding UTF-8\n"};
  for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
    const std::size_t at = below(lines.size()), to = below(lines.size() + 1);
    const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(6)) {
      case 0: {
        const std::size_t count = 1 + below(std::min<std::size_t>(5, lines.size() - at));
        const std::vector<std::string> moved(place, place + static_cast<std::ptrdiff_t>(count));
        lines.erase(place, place + static_cast<std::ptrdiff_t>(count));
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(std::min(to, lines.size())),
                     moved.begin(), moved.end());
        break;
      }
      case 1: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(to), lines[at]); break;
      case 2: lines.erase(place); break;
      case 3: lines[at] = lines[at].substr(below(lines[at].size() + 1)); break;
      case 4: lines[at].insert(below(lines[at].size() + 1), words[below(words.size())]); break;
      default:
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(to), words[below(words.size())]);
    }
    if (lines.empty()) lines.push_back("\n");
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

}  // namespace

TEST_CASE("a commit is read from the bytes that were signed") {
  const auto read = read_commit(id, honest);
  REQUIRE(read);
  CHECK(read->commit == id);
  CHECK(read->payload == object("encoding UTF-8\nchange-id wxyz\n", long_message));
  CHECK(read->signature == armoured);
  CHECK(read->author == "Ann <ann@corp.example>");
  CHECK(read->time == std::chrono::system_clock::from_time_t(1714557660));
  CHECK(read->authored == std::chrono::system_clock::from_time_t(1714557600));
  CHECK(read->message == long_message);
  CHECK(read->tree == std::string(40, 'a'));
  CHECK(read->parents == std::vector{std::string(40, 'b')});
  CHECK(object_of(*read) == honest);
}

TEST_CASE("a commit that nobody signed is its own payload") {
  const std::string text = object("", "m\n");
  const auto read = read_commit(id, text);
  REQUIRE(read);
  CHECK(read->payload == text);
  CHECK(read->signature.empty());
  CHECK(object_of(*read) == text);
}

TEST_CASE("a merge of a signed tag carries that tag, and its signature is not the commit's") {
  const std::string tag = "mergetag object " + std::string(40, 'd') +
                          "\n type commit\n \n gpgsig -----BEGIN SSH SIGNATURE-----\n";
  const auto read = read_commit(id, object(tag, "m\n"));
  REQUIRE(read);
  CHECK(read->signature.empty());
  CHECK(read_commit(id, object(tag + tag + signature, "m\n")));
}

TEST_CASE("what git writes in no commit is refused") {
  const std::string nul(1, '\0');
  const std::string cases[] = {
      "",
      "tree " + std::string(40, 'a') + "\n",
      object("", long_message + nul),
      object(signature + nul, long_message),
      object(signature + signature, long_message),
      object(signature + "encoding UTF-8\n", long_message),
      object("gpgsig\n", long_message),
      object("gpgsig-sha256 x\n" + signature, long_message),
      object("encoding UTF-8\nencoding UTF-16\n" + signature, long_message),
      object("tree " + std::string(40, 'c') + "\n", long_message),
      object("parent " + std::string(40, 'c') + "\n", long_message),
      object("committer E <e@e> 1 +0000\n", long_message),
      object("word\n", long_message),
      "encoding UTF-8\n" + honest,
      "tree " + std::string(40, 'A') + honest.substr(45),
  };
  for (const std::string& text : cases) {
    CAPTURE(text);
    const auto read = read_commit(id, text);
    REQUIRE(!read);
    CHECK(read.error().front().code == "T6009");
  }
  CHECK(read_commit(id, object("", "gpgsig x\n\ngpgsig\nmessage\n"))->signature.empty());
}

TEST_CASE("no other object has the payload and the signature of a commit") {
  const auto read = read_commit(id, honest);
  REQUIRE(read);
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = changed(honest, random);
    const auto other = read_commit(id, text);
    if (!other) continue;
    ++accepted;
    CAPTURE(text);
    CHECK(object_of(*other) == text);
    const bool same = other->payload == read->payload && other->signature == read->signature;
    CHECK(same == (text == honest));
  }
  CHECK(accepted > 100);  // the generator makes commits too, not rubbish alone
}
