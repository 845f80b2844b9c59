#include "cli/print/source_offer.h"

#include <fmt/format.h>

#include <string_view>

#include "cli/terminal/terminal.h"

namespace gopol::cli {
namespace {

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string trust_offer(const SourcePull& pull) {
  const engine::SignedCommit& tip = pull.pulled.line.front();
  std::string out =
      fmt::format("{}\n  commit  {} by {}: {}\n", presentable(pull.source->url, 200), tip.commit,
                  presentable(tip.author), presentable(first_line(tip.message)));
  if (!pull.signer.key.empty()) out += fmt::format("  signed  with {}\n", pull.signer.key);
  if (!pull.before.commit.empty()) {
    out += fmt::format("  before  {}\n", pull.before.commit);
  }
  return out;
}

}  // namespace gopol::cli
