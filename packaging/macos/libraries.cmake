# What find_package finds on a machine that runs gopol: here all headers lie in one folder, beside the
# static libraries (packaging/macos/build.sh).
include_directories(SYSTEM ${GOPOL_MACOS_ROOT}/include)
foreach(name fmt::fmt taocpp::pegtl tomlplusplus::tomlplusplus nlohmann_json::nlohmann_json CLI11::CLI11
    expat::expat utf8proc)
  add_library(${name} INTERFACE IMPORTED GLOBAL)
endforeach()
target_link_libraries(fmt::fmt INTERFACE ${GOPOL_MACOS_ROOT}/lib/libfmt.a)
target_link_libraries(utf8proc INTERFACE ${GOPOL_MACOS_ROOT}/lib/libutf8proc.a)
target_compile_definitions(utf8proc INTERFACE UTF8PROC_STATIC)
# Every Mac has SQLite and expat; only their libraries, which are in no package, are those of the target.
set(GOPOL_SQLITE ${CMAKE_CURRENT_LIST_DIR}/libsqlite3.tbd)
target_link_libraries(expat::expat INTERFACE ${CMAKE_CURRENT_LIST_DIR}/libexpat.tbd)

# For gopol-net and gopol-git, in the order in which they need each other.
add_library(gopol_net_libraries INTERFACE)
target_compile_definitions(gopol_net_libraries INTERFACE CURL_STATICLIB LIBARCHIVE_STATIC)
add_library(gopol_git_libraries INTERFACE)
foreach(name curl archive mbedtls mbedx509 mbedcrypto)
  target_link_libraries(gopol_net_libraries INTERFACE ${GOPOL_MACOS_ROOT}/lib/lib${name}.a)
endforeach()
foreach(name git2 ssh2 http_parser mbedtls mbedx509 mbedcrypto)
  target_link_libraries(gopol_git_libraries INTERFACE ${GOPOL_MACOS_ROOT}/lib/lib${name}.a)
endforeach()
foreach(library gopol_net_libraries gopol_git_libraries)
  target_link_libraries(${library} INTERFACE ${CMAKE_CURRENT_LIST_DIR}/libz.tbd)
endforeach()
