#include "providers/xcode/clt_install.h"

#include <chrono>
#include <vector>

#include "providers/read/program.h"
#include "providers/xcode/labels.h"

namespace gopol::providers::xcode {
namespace {

using engine::FileStatus;
using engine::Host;

constexpr const char* softwareupdate = "/usr/sbin/softwareupdate";
constexpr int most_looks = 3;
constexpr std::chrono::minutes list_deadline{10}, install_deadline{120};

/// While this file is there, Software Update offers the tools to a machine that has none.
/// Source: Homebrew's install.sh.
class Marker {
 public:
  explicit Marker(Host& host) : host_(host) {
    const auto before = host_.disk().stat(path());
    made_ = before && before->type == FileStatus::Type::absent &&
            host_.disk().replace(path(), "").has_value();
  }
  Marker(const Marker&) = delete;
  Marker& operator=(const Marker&) = delete;
  ~Marker() {
    if (made_) (void)host_.disk().remove(path());
  }

 private:
  static dsl::Path path() {
    return dsl::Path("/tmp/.com.apple.dt.CommandLineTools.installondemand.in-progress");
  }
  Host& host_;
  bool made_ = false;
};

/// Right after the marker was made, a list may still lack the tools; each look takes a while.
dsl::Result<std::vector<Label>> list_labels(Host& host) {
  std::vector<Label> out;
  for (int look = 0; look < most_looks && out.empty(); ++look) {
    const auto list =
        run_program({.argv = {softwareupdate, "-l"}, .deadline = list_deadline}, host);
    if (!list) return list.error();
    // Which stream has which line differs between releases.
    out = clt_labels(list->out + list->err);
  }
  return out;
}

}  // namespace

dsl::Result<std::string> install_clt(const dsl::Allowed& allowed, Host& host) {
  const Marker marker(host);
  const auto labels = list_labels(host);
  if (!labels) return labels.error();
  const auto label = choose_label(*labels, allowed);
  if (!label) return label.error();
  const auto installed = run_program({.argv = {softwareupdate, "-i", label->name},
                                      .deadline = install_deadline,
                                      .user = root_user},
                                     host);
  if (!installed) return installed.error();
  return complaint_of(*installed);
}

}  // namespace gopol::providers::xcode
