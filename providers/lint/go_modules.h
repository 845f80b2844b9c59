#pragma once

#include "providers/lint/subject.h"

namespace gopol::providers::lint {

// Where modules come from and who learns of them.
Diagnostics unchecked_transport(const Subject& subject);     ///< L401
Diagnostics checksums_off(const Subject& subject);           ///< L402
Diagnostics leaked_names(const Subject& subject);            ///< L403
Diagnostics ways_around_the_proxy(const Subject& subject);   ///< L404
Diagnostics repeated_private(const Subject& subject);        ///< L405
Diagnostics passwords_in_addresses(const Subject& subject);  ///< L411
Diagnostics plain_http(const Subject& subject);              ///< L414

}  // namespace gopol::providers::lint
