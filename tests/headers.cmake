# Every header stands alone: each is compiled as the only one, so that a unit of many files hides no missing include.
# The standard library's are compiled beforehand, which is half of the time; who forgets one of them is found by
# std_includes.py. Not a part of `all`: `cmake --build build-dev --target gopol_headers`.
file(GLOB_RECURSE headers RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/dsl/*.h ${CMAKE_SOURCE_DIR}/engine/*.h ${CMAKE_SOURCE_DIR}/providers/*.h
  ${CMAKE_SOURCE_DIR}/cli/*.h ${CMAKE_SOURCE_DIR}/tests/*.h)
if(NOT GOPOL_WITH_NET)
  list(FILTER headers EXCLUDE REGEX "^engine/net/")
endif()
set(units)
foreach(header ${headers})
  set(unit ${CMAKE_BINARY_DIR}/headers/${header}.cpp)
  file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${header}\"\n")
  list(APPEND units ${unit})
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
