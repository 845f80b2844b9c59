#pragma once

namespace gopol::mac_loader {

int folder_here(int descriptor);        ///< of the calls that end with `at`
int at_flags_here(int darwin_flags);    ///< theirs; AT_EACCESS and AT_REMOVEDIR are one bit here
int open_flags_here(int darwin_flags);  ///< of open and fcntl

}  // namespace gopol::mac_loader
