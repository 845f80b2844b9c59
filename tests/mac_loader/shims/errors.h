#pragma once

namespace gopol::mac_loader {

/// Between the numbers of errors of both systems; those that both have alike stay.
int darwin_error(int linux_number);
int linux_error(int darwin_number);

/// Sets the program's `errno`, by Darwin's number; -1, as a failed call returns.
int fail(int darwin_number);

}  // namespace gopol::mac_loader
