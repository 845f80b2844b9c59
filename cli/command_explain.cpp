#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "cli/workspace.h"
#include "dsl/near_miss.h"
#include "dsl/parse.h"
#include "engine/real_disk.h"

namespace gopol::cli {
namespace {

/// The pages lie in share/explain, one CODE.md each.
std::vector<std::string> codes(const engine::Disk& disk, const dsl::Path& folder) {
  std::vector<std::string> out;
  const auto names = disk.list(folder);
  if (!names) return out;
  for (const std::string& name : *names) {
    if (name.ends_with(".md")) out.push_back(name.substr(0, name.size() - 3));
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

}  // namespace

Exit explain_command(const Options& options) {
  const auto disk = engine::real_disk();
  const dsl::Path folder = share_folder() / "explain";
  const auto all = codes(*disk, folder);
  if (options.arguments.empty()) {
    for (const std::string& code : all) {
      const auto page = disk->read(folder / (code + ".md"));
      const std::string text = page && *page ? **page : "";
      print(text.substr(text.starts_with("# ") ? 2 : 0,
                        text.find('\n') - (text.starts_with("# ") ? 2 : 0)) +
            "\n");
    }
    return Exit::clean;
  }
  const std::string code = upper(options.arguments.front());
  for (const std::string& known : all) {
    if (known != code) continue;
    const auto page = disk->read(folder / (code + ".md"));
    if (!page || !*page) break;
    print(**page);
    return Exit::clean;
  }
  const auto near = dsl::near_miss(code, all);
  report({dsl::problem(
             "P0001", fmt::format("no page on `{}`", presentable(code)),
             near ? fmt::format("did you mean `{}`?", *near) : "`gopol explain` lists the codes")},
         dsl::SourceMap());
  return Exit::usage;
}

Exit version_command(const Options& options) {
  if (options.json) {
    const nlohmann::ordered_json out = {
        {"schema", 1}, {"version", version_text}, {"language", dsl::language_version}};
    print(out.dump(2) + "\n");
  } else {
    print(fmt::format("gopol {} (language {})\n", version_text, dsl::language_version));
  }
  return Exit::clean;
}

}  // namespace gopol::cli
