#include "engine/encoding/moment.h"

#include "engine/encoding/json.h"

namespace gopol::engine {

std::string moment_text(std::chrono::system_clock::time_point moment) {
  return detail::moment_text(moment);
}

}  // namespace gopol::engine
