# For a Mac, on Linux: the compiler that packaging/macos/build.sh links into out/macos/ARCH/bin, and only
# the libraries and headers that lie beside it.
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_VERSION 22.0.0) # macOS 13
set(CMAKE_SYSTEM_PROCESSOR ${GOPOL_MACOS_ARCH})
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES GOPOL_MACOS_ARCH)
# As programs are linked: for another level of optimization zig would build its libraries of C++ once more.
set(CMAKE_TRY_COMPILE_CONFIGURATION MinSizeRel)

get_filename_component(GOPOL_MACOS_ROOT "${CMAKE_CURRENT_LIST_DIR}/../../out/macos/${GOPOL_MACOS_ARCH}" ABSOLUTE)
set(CMAKE_C_COMPILER ${GOPOL_MACOS_ROOT}/bin/clang)
set(CMAKE_CXX_COMPILER ${GOPOL_MACOS_ROOT}/bin/clang++)
set(CMAKE_AR ${GOPOL_MACOS_ROOT}/bin/ar CACHE FILEPATH "")
set(CMAKE_RANLIB ${GOPOL_MACOS_ROOT}/bin/ranlib CACHE FILEPATH "")
# Only a Mac has it; nothing is linked against libraries of ours that would need it.
set(CMAKE_INSTALL_NAME_TOOL /bin/false CACHE FILEPATH "")

set(CMAKE_FIND_ROOT_PATH ${GOPOL_MACOS_ROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_FRAMEWORK NEVER)
