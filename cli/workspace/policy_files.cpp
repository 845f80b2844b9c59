#include "cli/workspace/policy_files.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "cli/workspace/policy_file.h"

namespace gopol::cli {
namespace {

bool stays_inside(const std::string& name) {
  const dsl::Path root("/policy");
  const dsl::Path full = root / name;
  return !name.empty() && name.front() != '/' && full.is_within(root) && full != root &&
         name.find('\\') == std::string::npos &&
         name.find(dsl::interpolation_mark) == std::string::npos;
}

/// The name of a file beside another, from the top of the repository.
std::string beside(const std::string& policy, const std::string& name) {
  return (dsl::Path("/" + policy).parent() / name).text.substr(1);
}

class Files {
 public:
  explicit Files(const std::vector<PolicyText>& texts) : texts_(texts) {}

  dsl::Result<std::string> read(std::size_t policy, const std::string& name) {
    const auto known = read_.find({policy, name});
    if (known != read_.end()) return known->second;
    const PolicyText& from = texts_[policy];
    auto text = from.read ? from.read(beside(from.path, name)) : read_beside(from.path, name);
    if (text) read_.emplace(std::pair(policy, name), *text);
    return text;
  }

 private:
  const std::vector<PolicyText>& texts_;
  std::map<std::pair<std::size_t, std::string>, std::string> read_;
};

/// The text among `texts` that a span lies in.
std::size_t text_with(dsl::SourceSpan span, const std::vector<PolicyText>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].source == span.source) return i;
  }
  return 0;
}

}  // namespace

dsl::Result<dsl::Done> bring_files(const std::vector<PolicyText>& texts, const Workspace& workspace,
                                   dsl::Policy& policy) {
  Files files(texts);
  dsl::Diagnostics errors;
  for (auto& rule : policy.rules) {
    for (dsl::Assertion& assertion : rule.assertions) {
      if (assertion.slot.family != "file" || assertion.slot.attribute != "from") continue;
      const auto& values = assertion.allowed.one_of;
      const auto* name =
          values && values->size() == 1 ? values->front().as<std::string>() : nullptr;
      if (name == nullptr || !stays_inside(*name)) {
        errors.push_back(dsl::problem("P2015", assertion.span,
                                      "`from` names one file beside the policy", "",
                                      "write `from = \"folder/name\"`, without `..` and `${...}`"));
        continue;
      }
      auto text = files.read(text_with(assertion.span, texts), *name);
      if (!text) {
        for (dsl::Diagnostic error : text.error()) {
          error.primary = dsl::Label{assertion.span, "named here"};
          errors.push_back(std::move(error));
        }
        continue;
      }
      if (text->find('\0') != std::string::npos) {
        errors.push_back(dsl::problem("P2015", assertion.span,
                                      fmt::format("`{}` is no text", *name), "holds a NUL byte"));
        continue;
      }
      assertion.slot.attribute = "content";
      assertion.shape = dsl::find_attribute(*workspace.schemas.find("file"), "content");
      assertion.allowed.one_of = std::vector<dsl::Value>{dsl::Value(std::move(*text))};
    }
  }
  if (!errors.empty()) return errors;
  return dsl::Done{};
}

}  // namespace gopol::cli
