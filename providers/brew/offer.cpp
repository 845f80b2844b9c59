#include "providers/brew/offer.h"

#include <fmt/format.h>

#include <utility>

#include "engine/encoding/json.h"

namespace gopol::providers::brew {

std::optional<Offer> parse_offer(std::string_view json) {
  namespace detail = engine::detail;
  const auto top = detail::parse_json(json);
  const detail::Json* formulae = top ? detail::find(*top, "formulae") : nullptr;
  if (formulae == nullptr || !formulae->is_array() || formulae->empty()) return {};
  const detail::Json& formula = formulae->front();
  const detail::Json* versions = detail::find(formula, "versions");
  std::string version = versions == nullptr ? "" : detail::text_in(*versions, "stable");
  std::string name = detail::text_in(formula, "name");
  if (version.empty() || name.empty()) return {};
  if (const auto revision = detail::number_in(formula, "revision"); revision != 0)
    version += fmt::format("_{}", revision);
  return Offer{std::move(name), {std::move(version), dsl::VersionScheme::brew}};
}

dsl::Result<Offer> ask_offer(const Prefix& prefix, const std::string& name, engine::Host& host) {
  const auto output = run_brew(prefix, {"info", "--json=v2", "--formula", name}, host);
  if (!output) return output.error();
  auto offer = parse_offer(output->out);
  if (offer) return std::move(*offer);
  return dsl::problem("R4002", fmt::format("`brew info` says nothing of `{}`", name));
}

}  // namespace gopol::providers::brew
