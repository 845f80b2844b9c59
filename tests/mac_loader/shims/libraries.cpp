// `<sqlite3.h>`, `<zlib.h>`, `<expat.h>` of macOS: libraries that every Mac has, as this system has
// them. One that is not here leaves its names unknown.
#include <dlfcn.h>

#include <initializer_list>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

int (*configure_database)(void*, int, ...) = nullptr;

/// What gopol asks for takes a number and a place for the answer.
int configure(void* database, int what, MacList rest) {
  const int value = va_arg(rest, int);
  return configure_database(database, what, value, va_arg(rest, int*));
}

void add_library(Names& names, const char* file, std::initializer_list<const char*> functions) {
  void* const library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return;
  for (const char* function : functions) {
    names.add_found(std::string("_") + function, ::dlsym(library, function));
  }
  void* const with_list = ::dlsym(library, "sqlite3_db_config");
  if (with_list == nullptr) return;
  configure_database = reinterpret_cast<int (*)(void*, int, ...)>(with_list);
  names.add_variadic<configure>("_sqlite3_db_config");
}

}  // namespace

void add_libraries(Names& names) {
  add_library(names, "libsqlite3.so.0",
              {"sqlite3_bind_text", "sqlite3_close", "sqlite3_column_blob", "sqlite3_column_bytes",
               "sqlite3_column_int64", "sqlite3_column_type", "sqlite3_deserialize",
               "sqlite3_errmsg", "sqlite3_finalize", "sqlite3_limit", "sqlite3_open_v2",
               "sqlite3_prepare_v2", "sqlite3_progress_handler", "sqlite3_step"});
  add_library(names, "libz.so.1",
              {"crc32", "deflate", "deflateEnd", "deflateInit_", "deflateReset", "inflate",
               "inflateEnd", "inflateInit2_", "inflateInit_", "inflateReset"});
  add_library(names, "libexpat.so.1",
              {"XML_ErrorString", "XML_GetCurrentByteIndex", "XML_GetErrorCode", "XML_Parse",
               "XML_ParserCreate", "XML_ParserFree", "XML_SetCharacterDataHandler",
               "XML_SetElementHandler", "XML_SetSkippedEntityHandler",
               "XML_SetStartDoctypeDeclHandler", "XML_SetUserData", "XML_StopParser"});
}

}  // namespace gopol::mac_loader
