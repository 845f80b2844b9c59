#include "cli/definition.h"

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <vector>

namespace gopol::cli {
namespace {

/// Subcommands share their options' meaning; each names those it has.
class Definition {
 public:
  Definition(CLI::App& app, Options& options) : app_(app), options_(options) {}

  /// All commands; or the one named first alone: to say what the others can do takes its time.
  void define(std::string_view first) {
    for (const Command& one : commands) {
      if (one.name == first) return define(one);
    }
    for (const Command& one : std::span(commands).first<22>()) define(one);
  }

 private:
  struct Command {
    std::string_view name;
    const char* what;  ///< empty: not for people
    void (Definition::*options)(CLI::App*);
  };
  static const Command commands[23];

  void define(const Command& command) {
    CLI::App* out = app_.add_subcommand(std::string(command.name), command.what);
    out->callback([&options = options_, name = command.name] { options.command = name; });
    (this->*command.options)(out);
  }

  void check(CLI::App* check) {
    files(check);
    machine(check);
    formats(check, {"text", "json", "sarif", "github"});
    json(check);
    check->add_flag("--fix", options_.fix, "apply the safe fixes");
    check->add_option("--fail-on", options_.fail_on, "exit 1 from this severity on, or for codes")
        ->type_name("error|warning|note|CODE,...");
    check->add_flag("-v,--verbose", options_.verbose, "show notes too");
  }
  void format(CLI::App* format) {
    files(format);
    format->add_flag("--check", options_.check_only,
                     "change nothing; exit 1 if a file would change");
  }
  void test(CLI::App* test) {
    files(test);
    formats(test, {"text", "junit"});
    test->add_option("--only", options_.only, "tests with this text in their title")
        ->type_name("TEXT");
    test->add_flag("--mutate", options_.mutate,
                   "change the policy bit by bit and list what no test notices");
    test->add_flag("-v,--verbose", options_.verbose, "show what passed, and what no test reaches");
  }
  void facts(CLI::App* facts) {
    facts->add_option("NAME", options_.arguments, "facts, slots or families to show");
    machine(facts);
    json(facts);
    facts->add_option("--record", options_.record, "write a snapshot to a file")->type_name("FILE");
    facts->add_option("--policy", options_.policy, "also what this policy names")
        ->type_name("FILE");
    facts->add_flag("--redact", options_.redact,
                    "record keyed hashes in place of names and of free text");
    facts
        ->add_option("--key", options_.hash_key,
                     "the key of the hashes, the same for a whole fleet")
        ->type_name("FILE");
  }
  void plan(CLI::App* plan) {
    source(plan);
    machine(plan);
    json(plan);
    plan->add_option("--facts", options_.facts, "plan on recorded facts instead of a machine")
        ->type_name("SNAPSHOT");
    plan->add_option("--out", options_.output, "save it, for `gopol apply FILE`")
        ->type_name("FILE");
    plan->add_flag("--strict", options_.strict, "exit 4 if anything is left unknown");
    keep(plan);
    plan->add_flag("-v,--verbose", options_.verbose, "show what is right too");
  }
  void apply(CLI::App* apply) {
    source(apply,
           "a policy file, or a plan that `gopol plan --out` saved; none: the configured "
           "sources, else the one found here or upward");
    machine(apply);
    apply->add_flag("--yes,-y", options_.yes, "do not ask");
    apply->add_flag("--unsigned", options_.unsigned_policy, "accept a policy that nobody signed");
    apply->add_flag("--in-place", options_.in_place,
                    "change the recorded machine itself, not a scratch copy");
    no_sudo(apply);
    apply->add_option("--as", options_.as_user, "root alone: what is a user's as that user")
        ->type_name("USER");
    apply->add_flag("--strict", options_.strict, "exit 4 if anything is left unknown");
    keep(apply);
    apply
        ->add_option("--killed", options_.killed,
                     "what becomes of an earlier run that was killed; else a terminal asks, and "
                     "without one it is finished")
        ->check(CLI::IsMember({"finish", "take-back"}));
    apply->add_flag("--break", options_.may_break,
                    "go on although something that works now will not work any more");
    apply->add_flag("--end-holds", options_.end_holds,
                    "change what `undo` took back; an apply at a terminal does");
  }
  void root(CLI::App* root) {
    root->add_option("UID", options_.arguments)->required()->expected(1);
  }
  void diff(CLI::App* diff) {
    diff->add_option("POLICY", options_.arguments,
                     "a range of commits, BASE..HEAD; or two files or folders, the old one first")
        ->required()
        ->expected(1, 2);
    diff->add_option("--path", options_.path,
                     "of the policy inside the repository, for BASE..HEAD");
    formats(diff, {"text", "json", "markdown", "sarif", "junit", "github"});
    json(diff);
    diff->add_option("--fleet", options_.fleet, "what it does to recorded machines")
        ->type_name("DIR");
    diff->add_option("--fail-on", options_.fail_on, "exit 1 for such changes")
        ->type_name("weaker,irreversible,...");
  }
  void import(CLI::App* import) {
    machine(import);
    import->add_option("-o,--output", options_.output, "write it to a file")->type_name("FILE");
  }
  void capture(CLI::App* capture) {
    capture->add_option("FILE", options_.output, "what to write")->required();
    machine(capture);
    capture
        ->add_option("--policy", options_.policy,
                     "also what its plan asks; none: that of `gopol plan`, if there is one")
        ->type_name("FILE");
  }
  void doctor(CLI::App* doctor) {
    machine(doctor);
    json(doctor);
    doctor->add_flag("-v,--verbose", options_.verbose, "show notes, and what cannot be known");
    doctor->add_flag("--fix", options_.fix, "write a policy of what one can mend, show its plan");
    doctor->add_option("-o,--output", options_.output, "of --fix; else doctor.policy")
        ->type_name("FILE");
  }
  void guide(CLI::App* guide) {
    guide
        ->add_option("SLOT", options_.arguments,
                     "a slot such as tcc.grant[\"com.apple.Terminal\"].SystemPolicyAllFiles, then "
                     "perhaps a policy")
        ->required()
        ->expected(1, 2);
    machine(guide);
    guide->add_option("--want", options_.want, "what it shall be, if no policy says it")
        ->type_name("VALUE");
    guide->add_option("--wait", options_.wait, "look again so long; a terminal: until it is done")
        ->type_name("SECONDS");
  }
  void profile(CLI::App* profile) {
    source(profile);
    machine(profile);
    profile->add_option("-o,--output", options_.output, "write it to a file")->type_name("FILE");
    profile
        ->add_option("--identifier", options_.identifier,
                     "of the profile: com.example.gopol; a server replaces the one of that name")
        ->type_name("NAME");
    profile->add_option("--organization", options_.organization, "who the profile is from")
        ->type_name("NAME");
  }
  void provider(CLI::App* provider) {
    provider->add_option("ACTION", options_.arguments, "`test DIR`")->required()->expected(2);
  }
  void pull(CLI::App* pull) { json(pull); }
  void sources(CLI::App* sources) {
    sources
        ->add_option(
            "ACTION", options_.arguments,
            "`status`: what makes each source trusted; `trust URL`: accept what it has now, "
            "and pin its key if no `trust` file is set")
        ->required()
        ->expected(1, 2);
    sources->add_option("--path", options_.path, "if two sources have one URL")->type_name("PATH");
    sources
        ->add_option("--key", options_.key, "trust it if it is signed with this key; asks nothing")
        ->type_name("SHA256:...");
    sources->add_flag("--yes,-y", options_.yes, "do not ask");
    json(sources);
    formats(sources, {"text", "json"});
  }
  void why(CLI::App* why) {
    why->add_option("SLOT", options_.arguments,
                    "a slot such as go.env.GOPROXY, then perhaps a policy; `go` and perhaps a "
                    "folder; `module` and its path, then perhaps a policy")
        ->required();
    machine(why);
    json(why);
  }
  void log(CLI::App* log) {
    log->add_option("SLOT", options_.arguments, "a slot or a family; none: all that was done")
        ->expected(0, 1);
    machine(log);
    json(log);
  }
  void undo(CLI::App* undo) {
    undo->add_option("WHAT", options_.arguments,
                     "a run, as `gopol log` dates it; a rule; a slot; none: the last run")
        ->expected(0, 1);
    takes_back(undo);
  }
  void keep(CLI::App* command) {
    command->add_flag("--keep", options_.keep, "give nothing back that no rule asks for any more");
  }
  void leave(CLI::App* leave) {
    leave->add_flag("--purge", options_.purge, "remove the toolchains too that gopol unpacked");
    takes_back(leave);
  }
  void explain(CLI::App* explain) {
    explain->add_option(
        "CODE", options_.arguments,
        "a code, a family or a word of plans: P1007, go.env, defeated; none: a list");
  }
  void help(CLI::App* help) { help->add_option("COMMAND", options_.arguments); }

  void files(CLI::App* command) {
    command->add_option("FILE", options_.arguments, "policies; none: the one found here or upward");
  }
  void takes_back(CLI::App* command) {
    machine(command);
    command->add_flag("--yes,-y", options_.yes, "do not ask");
    no_sudo(command);
    command->add_flag("--in-place", options_.in_place, "change the recorded machine itself");
  }
  void no_sudo(CLI::App* command) {
    command->add_flag("--no-sudo", options_.no_sudo, "leave what needs root for an administrator");
  }
  void json(CLI::App* command) { command->add_flag("--json", options_.json, "print JSON"); }
  void formats(CLI::App* command, const std::vector<std::string>& names) {
    command->add_option("--format", options_.format, "how to print it")
        ->check(CLI::IsMember(names));
  }
  void machine(CLI::App* command) {
    command
        ->add_option("--machine", options_.machine,
                     "a recorded machine, or a capture, instead of this one")
        ->type_name("DIR|FILE");
  }
  void source(
      CLI::App* command,
      const char* what =
          "a policy file; none: the configured sources, else the one found here or upward") {
    command->add_option("POLICY", options_.arguments, what)->expected(0, 1);
    command->add_option("--source", options_.source, "a git repository that holds the policy")
        ->type_name("URL");
    command->add_option("--branch", options_.branch, "of --source");
    command->add_option("--path", options_.path, "of the policy inside --source");
  }
  CLI::App& app_;
  Options& options_;
};

const Definition::Command Definition::commands[23] = {
    {"check", "find mistakes in policies: syntax, names, types, and lints", &Definition::check},
    {"fmt", "write policies in the one format", &Definition::format},
    {"test", "run the `test` blocks of policies", &Definition::test},
    {"facts", "what this machine is", &Definition::facts},
    {"plan", "the difference between policy and machine; never writes", &Definition::plan},
    {"apply", "make the machine what the policy says; asks once", &Definition::apply},
    {"diff", "what a change of a policy means, rule by rule, and for recorded machines",
     &Definition::diff},
    {"pull", "fetch and verify the policies of the configured sources", &Definition::pull},
    {"source", "what makes each source trusted; trust one anew", &Definition::sources},
    {"import", "a policy that describes this machine and changes nothing", &Definition::import},
    {"capture", "what this machine answers, in a file, to be looked at elsewhere",
     &Definition::capture},
    {"doctor", "what is not well on this machine, worst first; needs no policy",
     &Definition::doctor},
    {"guide", "step by step, what only a person may do, until it is done", &Definition::guide},
    {"profile", "the PPPC profile for the policy's TCC rules, for an MDM", &Definition::profile},
    {"provider", "try whether plugins keep the protocol", &Definition::provider},
    {"why", "what decides about a slot, which go runs, where a module comes from",
     &Definition::why},
    {"log", "what gopol changed here, when, why, and who wrote the rule", &Definition::log},
    {"undo", "take back what a run, a rule or a slot's changes did here", &Definition::undo},
    {"leave", "take back all that gopol did here, and forget it", &Definition::leave},
    {"explain", "long help for a diagnostic's code, a family of facts, or a word of plans",
     &Definition::explain},
    {"version", "this program's version", &Definition::json},
    {"help", "this help", &Definition::help},
    {"apply-root", "", &Definition::root},  // gopol starts it: in no help
};

}  // namespace

void define_options(CLI::App& app, std::string_view first, Options& options) {
  Definition(app, options).define(first);
}

}  // namespace gopol::cli
