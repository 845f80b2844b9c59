#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "providers/shell/mentions.h"
#include "providers/shell/script.h"
#include "providers/shell/session.h"

namespace gopol::providers::shell {

/// Runs through profile files line by line and keeps what they make of PATH. What it cannot know
/// makes PATH unknown from that line on; what later lines put in front is known again.
class ProfileReader {
 public:
  explicit ProfileReader(Session& session) : session_(session) {}

  /// A file that is not there changes nothing.
  void run_file(const dsl::Path& file, Truth run = Truth::yes);
  /// path_helper(8): /etc/paths, /etc/paths.d in name order, then what was there; nothing twice.
  void run_path_helper();
  const std::set<std::string>& finished() const { return finished_; }  ///< files read to their end

 private:
  struct Frame {
    Truth before = Truth::yes;  ///< what holds again after it
    Truth outer = Truth::yes;   ///< whether the whole statement runs
    Truth taken = Truth::no;    ///< whether an earlier branch did
  };
  /// One file being read.
  struct Pass {
    std::string file;
    std::vector<Command> commands;
    std::vector<Frame> frames;
    Truth run = Truth::yes, last = Truth::yes;
    Truth rest = Truth::yes;    ///< no: it has returned
    std::string held_operator;  ///< of a `!`
    bool negate = false;
  };

  void run_script(Pass& pass);
  void reserved(Pass& pass, const Command& command, Truth run);
  std::size_t skip_opaque(Pass& pass, std::size_t at, Truth run);
  bool follow_path_case(Pass& pass, std::size_t at, std::size_t end, Truth run);
  Truth has_folder(const std::string& folder) const;
  bool is_function(const Pass& pass, std::size_t at) const;
  void simple(Pass& pass, const Command& command, Truth run);
  bool builtin(Pass& pass, const Command& command, Truth run, const std::string& origin);
  void assign(const std::string& word, Truth run, const std::string& origin);
  void assign_path(std::string_view word, bool appends, Truth run, const std::string& origin);
  void assign_array(std::string_view inside, bool appends, Truth run, const std::string& origin);
  void take_out(const std::string& word, Truth run, const std::string& origin);
  void declare(const std::vector<std::string>& words, Truth run, const std::string& origin);
  void source(const std::vector<std::string>& words, Truth run, const std::string& origin);
  void evaluate(const std::vector<std::string>& words, Truth run, const std::string& origin);
  void brew_shellenv(std::string_view brew, Truth run, const std::string& origin);
  void lose(const std::string& origin, std::string_view why);

  Session& session_;
  int depth_ = 0;
  std::set<std::string> path_functions_;  ///< calling one may change PATH
  std::set<std::string> finished_;
};

}  // namespace gopol::providers::shell
