# Every header stands alone: `headers.py` says which may share a unit without seeing more than they ask for, so that a
# room compiled as one hides no missing include. The standard library's are compiled beforehand, which is half of the
# time; who forgets one of them is found by std_includes.py. Not a part of `all`: ./dev headers, which configures anew.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/headers.py ${CMAKE_SOURCE_DIR}
  OUTPUT_VARIABLE chains COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" chains "${chains}")
set(units)
foreach(chain ${chains})
  string(REGEX MATCH "[^ ]+$" last "${chain}")
  if(GOPOL_WITH_NET OR NOT last MATCHES "^engine/net/")
    set(unit ${CMAKE_BINARY_DIR}/headers/${last}.cpp)
    string(REGEX REPLACE "([^ ]+) *" "#include \"\\1\"\n" lines "${chain}")
    file(CONFIGURE OUTPUT ${unit} CONTENT "${lines}")
    list(APPEND units ${unit})
  endif()
endforeach()
add_library(gopol_headers OBJECT EXCLUDE_FROM_ALL ${units})
set_target_properties(gopol_headers PROPERTIES UNITY_BUILD OFF)
target_compile_options(gopol_headers PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-attributes>) # as mac_loader has it
target_precompile_headers(gopol_headers PRIVATE
  <algorithm> <array> <chrono> <compare> <cstdint> <deque> <functional> <iterator> <limits> <map> <memory> <mutex>
  <optional> <ostream> <set> <span> <string> <string_view> <tuple> <unordered_map> <unordered_set> <utility> <variant>
  <vector> <fmt/format.h>)
target_compile_definitions(gopol_headers PRIVATE GOPOL_VERSION="" GOPOL_SOURCE_DIR="" GOPOL_BINARY_DIR="")
target_link_libraries(gopol_headers PRIVATE
  gopol_options gopol_fmt nlohmann_json::nlohmann_json taocpp::pegtl Catch2::Catch2)
