#include "providers/lint/table.h"

#include "providers/lint/go_modules.h"
#include "providers/lint/go_settings.h"
#include "providers/lint/go_toolchain.h"
#include "providers/lint/macos.h"
#include "providers/lint/macos_versions.h"
#include "providers/lint/pairs.h"

namespace gopol::providers::lint {
namespace {

using enum dsl::Severity;

// clang-format off
constexpr dsl::lint::Lint<Subject> lints[] = {
    {"L401", warning, "GOINSECURE, or `*` in GONOSUMDB or GOPRIVATE", unchecked_transport,
     "`go env -w @=HOSTS` with hosts of your own, or `go env -u @`"},
    {"L402", warning, "GOSUMDB = off", checksums_off,
     "`go env -u GOSUMDB`; GOPRIVATE keeps private modules out of the database"},
    {"L403", warning, "a public server learns private module paths", leaked_names,
     "add the hosts of private modules to GOPRIVATE: `go env -w GOPRIVATE=HOSTS`"},
    {"L404", note,    "`direct` behind an own proxy", ways_around_the_proxy},
    {"L405", warning, "GONOPROXY or GONOSUMDB repeats GOPRIVATE", repeated_private},
    {"L406", warning, "GOTOOLCHAIN lets another Go run than the pinned one", defeated_pins},
    {"L407", error,   "an experiment that the pinned Go does not know", unknown_experiments,
     "`go env -u GOEXPERIMENT`, or move to a Go that knows it"},
    {"L408", warning, "GOROOT is set though GOTOOLCHAIN switches", switched_roots,
     "`go env -u GOROOT`: go finds its own tree"},
    {"L409", warning, "a pinned Go out of support, or with known holes", old_releases},
    {"L410", warning, "GO111MODULE = off or auto", module_mode,
     "`go env -u GO111MODULE`"},
    {"L411", error,   "a password in GOPROXY", passwords_in_addresses,
     "put it into ~/.netrc, which GOAUTH reads, change it, and `go env -w GOPROXY=` the rest"},
    {"L412", warning, "a setting that rests on a myth", myths},
    {"L413", warning, "a setting that runs another program on every build", foreign_programs,
     "take it out with `go env -w GOFLAGS=...`, unless you know who keeps the program"},
    {"L414", warning, "a proxy that is asked over plain HTTP", plain_http,
     "`go env -w GOPROXY=https://@`, if it answers there"},
    {"L415", warning, "a Go and a macOS or Xcode that do not go together", bad_pairs},
    {"L416", warning, "a pinned Go on a macOS too old for it", too_old_systems,
     "install an older Go, or update macOS"},
    {"L417", warning, "an amd64 Go on arm64 Macs", translated_go,
     "install the Go for arm64 from https://go.dev/dl, and take this one away"},
    {"L501", warning, "`/usr/local` as Homebrew's place on arm64", intel_prefix},
    {"L502", warning, "Homebrew for arm64 and for Intel in one PATH", two_homebrews},
    {"L503", warning, "Command Line Tools for cgo, and no rule about the SDK", tools_without_sdk},
    {"L504", warning, "a TCC grant by path", grants_by_path},
    {"L505", warning, "a rule only for systems that get no more updates", systems_without_updates},
    {"L506", warning, "two rules that put a folder first in PATH", two_firsts},
    {"L507", warning, "a macOS that there is not", systems_that_are_not},
};
// clang-format on

}  // namespace

std::span<const dsl::lint::Lint<Subject>> domain_lints() { return lints; }

}  // namespace gopol::providers::lint
