#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

namespace gopol::tests {

/// How a server treats one path. Every request goes to a connection of its own.
struct Page {
  std::string body = {};
  int status = 200;
  std::string location = {};  ///< of a redirect
  bool honours_range = true;  ///< else every answer begins at the first byte
  std::size_t cut_after = 0;  ///< not 0: the first `cuts` answers break off after so many bytes
  int cuts = 1;
  std::int64_t says_length = -1;  ///< another Content-Length than is true
  std::size_t silent_after = 0;   ///< not 0: nothing comes after them until the client goes
};

/// A small HTTP server on the loopback, in a process of its own that ends with this object. It
/// serves its pages, by path without the query, as a go.dev/dl does; others are 404. It counts
/// the requests of each path with a Range and without.
class HttpServer {
 public:
  explicit HttpServer(std::map<std::string, Page> pages);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() { kill(); }

  std::string url() const;  ///< http://127.0.0.1:PORT
  void kill();              ///< at once, with all connections
  int requests() const;     ///< so far
  int ranges() const;       ///< of them, with a Range that was honoured

 private:
  struct Counts;
  pid_t child_ = -1;
  int port_ = 0;
  Counts* counts_ = nullptr;  ///< shared with the server's process
};

}  // namespace gopol::tests
