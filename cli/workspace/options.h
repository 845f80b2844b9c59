#pragma once

#include <string>
#include <vector>

namespace gopol::cli {

/// What the user asked for.
struct Options {
  std::string command;
  std::vector<std::string> arguments;  ///< files, names of facts, a slot, a code
  std::string machine;                 ///< --machine DIR: a recorded machine
  std::string facts;                   ///< --facts SNAPSHOT
  std::string record;                  ///< --record FILE
  std::string policy;                  ///< --policy FILE: record what it names too
  std::string source;                  ///< --source URL
  std::string branch, path;            ///< of --source
  std::string key;                     ///< source trust --key FINGERPRINT
  std::string format = "text";         ///< --format: text, json, sarif, github, junit
  std::string output;                  ///< import, profile --output FILE; plan --out FILE
  std::string identifier = "gopol";    ///< profile --identifier
  std::string organization;            ///< profile --organization
  std::string fail_on = "error";       ///< check --fail-on: severities and codes
  std::string only;                    ///< test --only TEXT
  std::string fleet;                   ///< diff --fleet DIR
  std::string want;                    ///< guide --want VALUE
  int wait = -1;                       ///< guide --wait SECONDS; less than 0: it was not said
  bool redact = false;                 ///< facts --redact
  std::string hash_key;                ///< facts --key FILE
  bool json = false;
  bool yes = false;
  bool unsigned_policy = false;  ///< --unsigned
  bool in_place = false;
  bool strict = false;
  bool check_only = false;  ///< fmt --check
  bool fix = false;
  bool verbose = false;
  bool mutate = false;     ///< test --mutate
  bool purge = false;      ///< leave --purge
  bool keep = false;       ///< --keep: nothing is given back
  std::string killed;      ///< apply --killed: finish, take-back; empty: ask, or finish
  bool end_holds = false;  ///< apply --end-holds
  bool no_sudo = false;    ///< --no-sudo
  bool may_break = false;  ///< apply --break
  std::string as_user;     ///< apply --as USER
};

}  // namespace gopol::cli
