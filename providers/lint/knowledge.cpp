#include "providers/lint/knowledge.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/lint/table_file.h"
#include "providers/read/go_text.h"

namespace gopol::providers::lint {
namespace {

using dsl::Version;
using dsl::VersionScheme;

/// `15.*` → from 15 up to, not including, 16.
dsl::Range series(std::string_view text, VersionScheme scheme) {
  const std::string low(text.substr(0, text.size() - 2));
  const std::size_t start = low.rfind('.') == std::string::npos ? 0 : low.rfind('.') + 1;
  unsigned last = 0;
  std::from_chars(low.data() + start, low.data() + low.size(), last);
  const std::string high = fmt::format("{}{}", low.substr(0, start), last + 1);
  return {dsl::Bound{Version{low, scheme}, true}, dsl::Bound{Version{high, scheme}, false}};
}

/// Narrows `to` by one word: `<1.20.9`, `>=15`, `15.*`, `1.22.4`.
bool narrow(std::string_view word, VersionScheme scheme, dsl::Range& to) {
  const auto valid = [&](std::string_view text) { return dsl::is_valid(text, scheme); };
  if (word.ends_with(".*") && valid(word.substr(0, word.size() - 2))) {
    to = series(word, scheme);
    return true;
  }
  const bool low = word.starts_with(">="), high = word.starts_with("<");
  const std::string_view text = word.substr(low ? 2 : high ? 1 : 0);
  if (!valid(text)) return false;
  const Version version{std::string(text), scheme};
  if (!high) to.low = dsl::Bound{version, true};
  if (!low) to.high = dsl::Bound{version, !high};
  return true;
}

dsl::Diagnostic broken(const dsl::Path& file, std::string_view what) {
  return dsl::problem("R4002", fmt::format("`{}` holds `{}`", file.text, what),
                      "install gopol again");
}

/// Reads the files one by one; the first error stays.
class Reader {
 public:
  explicit Reader(dsl::Path folder) : folder_(std::move(folder)) {}

  dsl::Result<Knowledge> read() {
    each("go-releases.tsv", [&](const TableFile& table, std::size_t row) {
      const auto date = dsl::parse_date(table.cell(row, "date"));
      const std::string bare = dsl::go_version::from_toolchain(table.cell(row, "version"));
      if (!date || bare.empty()) return complain("go-releases.tsv", table.cell(row, "version"));
      out_.go.push_back({bare, *date, table.cell(row, "security") == "yes"});
    });
    each("go-macos.tsv", [&](const TableFile& table, std::size_t row) {
      out_.floors.push_back({table.cell(row, "go"), table.cell(row, "macos")});
    });
    each("macos-releases.tsv", [&](const TableFile& table, std::size_t row) {
      const std::string& major = table.cell(row, "version");
      unsigned number = 0;
      const auto read = std::from_chars(major.data(), major.data() + major.size(), number);
      if (read.ptr != major.data() + major.size()) return complain("macos-releases.tsv", major);
      out_.macs.push_back({major, table.cell(row, "name"), std::to_string(number + 1),
                           table.cell(row, "updates") == "yes"});
    });
    each("public-proxies.tsv", [&](const TableFile& table, std::size_t row) {
      out_.public_proxies.push_back(table.cell(row, "host"));
    });
    each("public-hosts.tsv", [&](const TableFile& table, std::size_t row) {
      out_.public_hosts.push_back(table.cell(row, "host"));
    });
    read_bad_pairs();
    each("myths.tsv", [&](const TableFile& table, std::size_t row) { myth(table, row); });
    if (!errors_.empty()) return errors_;
    return std::move(out_);
  }

  dsl::Result<std::vector<BadPair>> bad_pairs() {
    read_bad_pairs();
    if (!errors_.empty()) return errors_;
    return std::move(out_.bad_pairs);
  }

 private:
  template <class Each>
  void each(std::string_view name, const Each& take) {
    const auto table = TableFile::read(folder_ / name);
    if (!table) {
      errors_.insert(errors_.end(), table.error().begin(), table.error().end());
      return;
    }
    for (std::size_t row = 0; row < table->size(); ++row) take(*table, row);
  }

  void complain(std::string_view name, std::string_view what) {
    errors_.push_back(broken(folder_ / name, what));
  }

  void read_bad_pairs() {
    each("known-bad.tsv", [&](const TableFile& table, std::size_t row) { bad_pair(table, row); });
  }

  void bad_pair(const TableFile& table, std::size_t row) {
    const auto text = [&](std::string_view column) -> const std::string& {
      return table.cell(row, column);
    };
    const auto go = parse_versions(text("go"), VersionScheme::go);
    const auto macos = parse_versions(text("macos"), VersionScheme::apple);
    const auto xcode = parse_versions(text("xcode"), VersionScheme::apple);
    if (!go || !macos || !xcode) return complain("known-bad.tsv", text("id"));
    BadPair pair{text("id"),
                 text("when"),
                 text("symptom"),
                 text("workaround"),
                 text("issue"),
                 *go,
                 *macos,
                 *xcode,
                 {},
                 text("severity") == "low"};
    for (const std::string_view part : go::split(text("unless"), ';')) {
      if (part != "-") pair.unless.emplace_back(part);
    }
    out_.bad_pairs.push_back(std::move(pair));
  }

  void myth(const TableFile& table, std::size_t row) {
    const auto text = [&](std::string_view column) {
      const std::string& cell = table.cell(row, column);
      return cell == "-" ? std::string() : cell;
    };
    out_.myths.push_back({text("claim"), text("family"), text("key"), text("attribute"),
                          text("value"), text("word"), text("truth"), text("help"), text("mend")});
  }

  dsl::Path folder_;
  Knowledge out_;
  dsl::Diagnostics errors_;
};

}  // namespace

bool Versions::holds(const dsl::Version& version) const {
  for (const dsl::Range& range : ranges) {
    dsl::Allowed allowed;
    allowed.range = range;
    if (dsl::contains(allowed, version)) return true;
  }
  return ranges.empty();
}

std::optional<Versions> parse_versions(std::string_view text, VersionScheme scheme) {
  Versions out;
  if (text == "-") return out;
  for (const std::string_view part : go::split(text, ';')) {
    dsl::Range range;
    for (const std::string_view word : go::split(go::trimmed(part), ' ')) {
      if (!narrow(word, scheme, range)) return {};
    }
    out.ranges.push_back(std::move(range));
  }
  return out;
}

dsl::Result<Knowledge> read_knowledge(const dsl::Path& share) {
  return Reader(share / "knowledge").read();
}

dsl::Result<std::vector<BadPair>> read_bad_pairs(const dsl::Path& share) {
  return Reader(share / "knowledge").bad_pairs();
}

}  // namespace gopol::providers::lint
