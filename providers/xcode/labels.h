#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/policy/allowed.h"
#include "dsl/value/result.h"
#include "dsl/value/version.h"

namespace gopol::providers::xcode {

/// One offer of Command Line Tools: the label is passed back to softwareupdate to the byte.
struct Label {
  std::string name;
  dsl::Version version;
  bool is_beta = false;
  bool operator==(const Label&) const = default;
};

/// The Command Line Tools in what `softwareupdate -l` prints, in its order. Forms seen: without
/// `Label:` (to 10.14), `… for Xcode-16.4`, and `… for Xcode 26.5-26.5`. Other updates are left
/// out: the system's restart a Mac.
std::vector<Label> clt_labels(std::string_view printed);

/// The newest one that is allowed; a beta never. Errors: there is none, with what is offered.
dsl::Result<Label> choose_label(const std::vector<Label>& labels, const dsl::Allowed& allowed);

}  // namespace gopol::providers::xcode
