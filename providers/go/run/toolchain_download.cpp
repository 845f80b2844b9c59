#include "providers/go/run/toolchain_download.h"

#include <fmt/format.h>

#include "dsl/value/chain.h"
#include "providers/go/env/sumdb.h"

namespace gopol::providers::go {

std::string forbids_download(const Variables& variables) {
  const Setting proxy = variables.find("GOPROXY", "https://proxy.golang.org,direct");
  const Setting sumdb = variables.find("GOSUMDB", "sum.golang.org");
  const auto said = [](const char* name, const Setting& setting) {
    return fmt::format("{}={}{} forbids to download it", name, setting.value,
                       setting.place.empty() ? "" : " (" + setting.place + ")");
  };
  const auto cannot = [](const dsl::Diagnostics& why) {
    return "it cannot be downloaded: " + why.front().message.text();
  };
  const auto chain = dsl::parse_chain(proxy.value);
  if (!chain) return cannot(chain.error());
  if (chain->links.front().text == "off") return said("GOPROXY", proxy);
  const bool is_folder = chain->links.size() == 1 && chain->links.front().text.starts_with("file:");
  if (sumdb.value == "off") return is_folder ? "" : said("GOSUMDB", sumdb);
  const auto name = sumdb_name(sumdb.value);
  return name ? "" : cannot(name.error());
}

}  // namespace gopol::providers::go
