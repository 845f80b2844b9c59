#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/path.h"
#include "providers/shell/session/expand.h"
#include "providers/shell/session/session.h"

namespace gopol::providers::shell {

struct FishSet;

/// Runs a shell's files as the shell would, as far as files can tell: where nobody can say which
/// way it goes, both are gone and what they agree on is kept. Whatever is not understood makes PATH
/// unknown, with the line that does; nothing is passed over as harmless that is not known to be.
class Reader {
 public:
  explicit Reader(Session& session) : session_(session) {}

  /// A file that is not there changes nothing.
  void run_file(const dsl::Path& file);
  /// path_helper(8): /etc/paths, /etc/paths.d in name order, then what was there; nothing twice.
  void run_path_helper();
  /// All that fish reads when it starts, in its order.
  void run_fish_files();
  /// All ways that the shell may have gone, as one. Files that are run later begin from there.
  void settle();

 private:
  using Words = std::vector<std::string>;
  /// What a function, or a file, puts back or gathers at its end.
  struct Frame {
    std::vector<State> returned;
    std::map<std::string, std::optional<Variable>> outer;  ///< what `local` hides
    std::optional<std::vector<PathEntry>> outer_path;
    bool function = false;
  };

  Truth run(const Command& command);
  Truth run_all(const std::vector<Command>& commands);
  Truth run_block(const std::vector<Command>& commands);
  Truth run_text(std::string_view text);
  Truth run_if_maybe(const Command& command);
  Truth run_beside(const Command& command);
  Truth run_branch(const Command& command, std::size_t at);
  Truth run_loop(const Command& command);
  Truth run_each(const Command& command);
  Truth run_choice(const Command& command);
  Truth run_arm(const Command& command, const Text& subject, std::size_t at);
  Truth run_pipe(const Command& command);
  Truth run_arithmetic(const std::string& expression);
  void forget_counted(const std::string& expression);
  Truth loop_goes_on(const Command& command, int round);
  bool run_over_file(const Command& command);
  Truth run_function(const Command& command);
  Truth run_simple(const Command& command);
  Truth run_words(const Words& words);
  Truth run_alias(std::string text, const Words& words);
  Truth run_named(const std::string& name, const Words& words, const Fields& fields);
  Truth run_script(const Script& script);
  void run_rounds(const Command& body, const Command* head);
  bool end_round();
  void leave_loop();
  Truth call(const std::string& name, const Fields& fields);
  void leave(Frame& frame);
  void give_back(Frame& frame);
  State merged(State a, State b, const State& before);
  void park(State state);
  Frame& file_frame();

  Truth builtin(const std::string& name, const Words& words, const Fields& fields);
  Truth prefixed(const std::string& name, const Words& words);
  Truth about_options(const std::string& name, const Fields& fields);
  Truth set_arguments(const Fields& fields);
  Truth leave_by(const std::string& name, const Fields& fields);
  Truth define(const std::string& name, const Fields& fields);
  Truth forget(const std::string& name, const Fields& fields);
  Truth fill(const std::string& name, const Fields& fields);
  Truth emulate(const Words& words, const Fields& fields);
  Truth exec(const Fields& fields);
  Truth bracket_test(const std::string& name, Words words);
  /// What an assignment sets, worked out but not set.
  struct Assigned {
    std::string name;
    Variable value;
    Truth success = Truth::yes;
  };
  Assigned assigned(const std::string& word);
  Assigned assigned_list(const std::string& name, std::string_view inside, bool appends);
  Truth assign(const std::string& word);
  Truth assign_element(const std::string& word);
  Truth abandon();
  struct Declared;
  static Declared options_of(const std::string& how, const Words& words);
  Truth declare(const std::string& name, const Words& words);
  void declare_one(const Declared& how, Assigned& what, bool sets);
  Truth tie(const Words& words, bool exports);
  void hide(const std::string& name);
  Truth source(const Words& words, const Fields& fields);
  std::optional<Truth> source_one_of(const Fields& fields);
  Truth mise_hook(const std::string& program);
  void set_exported(const std::string& name, Text value);
  Truth evaluate(const Words& words, const Fields& fields);
  void set_unknown(std::string_view names);
  std::optional<Truth> evaluate_tool(const std::string& word);
  Truth brew_shellenv(const std::string& brew);
  Truth shims(const std::string& variable, const std::string& folder, bool in_front);
  void take_out(const std::string& word);
  Truth lose(std::string_view why);

  Truth run_fish(const Words& words);
  Truth fish_named(const std::string& name, const Words& words, const Fields& fields);
  Truth fish_builtin(const std::string& name, const Words& words, const Fields& fields);
  Truth fish_function(const Command& command);
  void fish_parameters(const Function& function, const Fields& fields);
  Truth fish_autoload(const std::string& name, const Fields& fields);
  Truth fish_pipe(const Command& command);
  Truth fish_printed(const Command& program);
  Truth fish_source(const Words& words, const Fields& fields);
  Truth fish_eval(const Words& words, const Fields& fields);
  Truth fish_test(Words words);
  Truth fish_set(const Fields& fields);
  Truth fish_forget(const FishSet& how);
  void fish_assign(const FishSet& how);
  void fish_hide(const std::string& name, Frame& block);
  Frame& fish_block(bool of_function);
  Truth fish_export(const Fields& fields);
  Truth fish_add_path(const Fields& fields);
  void user_paths_changed();

  Session& session_;
  std::deque<Script> scripts_;  ///< functions point into them
  std::vector<Frame> frames_;
  std::vector<Frame> blocks_;  ///< fish: of files, functions, blocks, with what each hides
  std::vector<std::vector<State>> loops_;
  std::vector<State> replaced_;  ///< where another program took the shell's place
  int files_ = 0, calls_ = 0, texts_ = 0, aliases_ = 0, steps_ = 0;
};

/// NAME=… or NAME+=…: the length of NAME; 0 if it is no assignment.
std::size_t assigned_name(std::string_view word);

/// The command in `$(…)` or backticks that are all of a word, in quotes or not; else empty.
std::string_view command_in(std::string_view word, Shell shell);

std::string joined_with_blanks(const std::vector<std::string>& words, std::size_t from);

}  // namespace gopol::providers::shell
