#include "providers/xcode/select.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/slot_provider.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers::xcode {
namespace {

constexpr std::string_view clt_word = "clt";

dsl::Result<dsl::Done> valid_directory(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || *text == clt_word) return dsl::Done{};
  const Path path(*text);
  if (path == Path(clt_directory))
    return dsl::problem("P2004", "the Command Line Tools have a name", "write `clt`");
  if (path.text.ends_with(".app")) {
    return dsl::problem("P2004", fmt::format("`{}` is an application", *text),
                        fmt::format("write `\"{}/Contents/Developer\"`", path.text));
  }
  if (!path.is_absolute() || path.text == "/") {
    return dsl::problem("P2004", fmt::format("`{}` is no developer directory", *text),
                        "write `clt`, or a path such as "
                        "`\"/Applications/Xcode.app/Contents/Developer\"`");
  }
  return dsl::Done{};
}

dsl::Schema select_schema() {
  dsl::Schema out =
      family("xcode.select", "which developer directory clang, git and xcrun work with, and why");
  out.demands.needs_root = true;
  out.after = {"xcode.clt"};
  dsl::Type directory = text();
  directory.words = {std::string(clt_word)};
  auto selected = may_be_unknown(may_be_absent(
      writable("developer_dir", std::move(directory),
               "what is selected for everybody: `clt` or a path; DEVELOPER_DIR not looked at")));
  selected.validate = valid_directory;
  selected.affects = {"active", "usable", "why"};
  out.attributes = {
      may_be_unknown(may_be_absent(
          fact("active", path(), "the same as this session gets it: DEVELOPER_DIR first"))),
      std::move(selected),
      may_be_unknown(verified("usable", boolean(), "whether the active one is there and complete",
                              "assert `xcode.clt` or `developer_dir`")),
      may_be_unknown(verified("why", word({"env", "link", "default", "none"}),
                              "what chose the active one",
                              "unset DEVELOPER_DIR, or assert `developer_dir`"))};
  return out;
}

Value word_or_path(const Value& directory) {
  const auto* path = directory.as<Path>();
  if (path == nullptr) return directory;
  return *path == Path(clt_directory) ? Value(clt_word) : Value(path->text);
}

Path directory_of(const std::string& text) {
  return Path(text == clt_word ? clt_directory : std::string_view(text));
}

Observation read_selected(Observation out, const Host& host) {
  const DeveloperDir selected = selected_directory(host);
  out.value = word_or_path(selected.path);
  out.origin = selected.from;
  const auto* path = selected.path.as<Path>();
  if (path != nullptr && is_usable(*path, host) == Value(false))
    out.findings.push_back(fmt::format("{} is not there, or incomplete", path->text));
  if (const DeveloperDir active = active_directory(host); active.why == "env") {
    out.findings.push_back(
        fmt::format("DEVELOPER_DIR={} hides it in this session", dsl::to_text(active.path)));
  }
  return out;
}

Observation read_slot(const engine::Slot& slot, const Host& host) {
  Observation out{.slot = slot};
  if (!is_mac(host)) {
    out.value = only_on_a_mac("a developer directory");
    return out;
  }
  if (slot.attribute == "developer_dir") return read_selected(std::move(out), host);
  const DeveloperDir active = active_directory(host);
  out.origin = active.from;
  const auto* path = active.path.as<Path>();
  if (slot.attribute == "why") {
    out.value = active.why;
  } else if (slot.attribute == "active") {
    out.value = active.path;
  } else if (path != nullptr) {
    out.value = is_usable(*path, host);
  } else {
    out.value = active.path.is_absent() ? Value(false) : active.path;
  }
  return out;
}

/// xcode-select checks the directory and writes it with its links resolved; here the errors can say
/// more.
dsl::Result<dsl::Done> check_directory(const std::string& wanted, const Host& host) {
  const Path directory = directory_of(wanted);
  if (is_usable(directory, host) == Value(false)) {
    return dsl::problem("R4002",
                        fmt::format("`{}` is no complete developer directory", directory.text),
                        wanted == clt_word ? "assert `xcode.clt { version >= … }` beside it"
                                           : "install that Xcode first");
  }
  const auto real = host.disk().resolve(directory);
  if (real && *real && **real != directory) {
    return dsl::problem("R4002",
                        fmt::format("`{}` leads to `{}`, which xcode-select would write",
                                    directory.text, (*real)->text),
                        "write that path in the policy");
  }
  return dsl::Done{};
}

dsl::Result<dsl::Done> switch_to(const std::string& wanted, Host& host) {
  const Path directory = directory_of(wanted);
  if (auto good = check_directory(wanted, host); !good) return good;
  const auto ran = run_program(
      {.argv = {"/usr/bin/xcode-select", "--switch", directory.text}, .user = root_user}, host);
  if (!ran) return ran.error();
  return dsl::Done{};
}

class SelectProvider final : public SlotProvider<Alone<read_slot>> {
 public:
  SelectProvider() : SlotProvider(select_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    if (!is_mac(host)) return dsl::problem("R4002", "only a Mac has a developer directory");
    const engine::Assignment* wanted = change.find("developer_dir");
    if (wanted == nullptr || wanted->to.as<std::string>() == nullptr)
      return dsl::problem("R4002", "the policy does not say which `developer_dir` it wants");
    engine::Prepared out;
    out.writes.push_back({Path(select_link), true});
    out.demands.needs_root = true;
    return out;
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    return switch_to(*change.find("developer_dir")->to.as<std::string>(), host);
  }

  dsl::Result<engine::Foresight> rehearse(const Change& change, Host& copy) const override {
    const std::string& wanted = *change.find("developer_dir")->to.as<std::string>();
    if (const auto good = check_directory(wanted, copy); !good) return good.error();
    const auto done = copy.disk().link(Path(select_link), directory_of(wanted).text);
    if (!done) return done.error();
    return engine::Foresight::all;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> select_provider() { return std::make_unique<SelectProvider>(); }

}  // namespace gopol::providers::xcode
