#pragma once

#include <string_view>

namespace gopol::providers::shell {

/// Whether a terminal, a desktop or the shell itself may give a variable of that name a value.
bool may_be_given(std::string_view name);

/// Whether systems ship a program of that name: a recorded machine need not hold it.
bool may_be_of_the_system(std::string_view name);

/// Whether a program goes by that name everywhere: no function of a profile is called so.
bool is_usual_program(std::string_view name);

}  // namespace gopol::providers::shell
