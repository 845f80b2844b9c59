#include "tests/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace gopol::tests {

struct HttpServer::Counts {
  std::atomic<int> requests, ranges;
};

namespace {

constexpr std::size_t piece = 4096;

int listen_on_loopback(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  ::bind(listener, any, size);
  ::listen(listener, 16);
  ::getsockname(listener, any, &size);
  port = ntohs(address.sin_port);
  return listener;
}

std::string read_request(int connection) {
  std::string out;
  char buffer[4096];
  while (out.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = ::read(connection, buffer, sizeof buffer);
    if (count <= 0) break;
    out.append(buffer, static_cast<std::size_t>(count));
  }
  return out;
}

std::string path_in(const std::string& request) {
  const std::size_t from = request.find(' ') + 1;
  const std::string target = request.substr(from, request.find(' ', from) - from);
  return target.substr(0, target.find('?'));
}

/// The first byte asked for; 0 without a Range.
std::size_t range_in(const std::string& request) {
  const std::size_t at = request.find("Range: bytes=");
  return at == std::string::npos ? 0 : std::strtoull(request.c_str() + at + 13, nullptr, 10);
}

bool send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(connection, bytes.data(), std::min(bytes.size(), piece));
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void wait_until_client_goes(int connection) {
  char byte = 0;
  while (::read(connection, &byte, 1) > 0) {
  }
}

/// Gives whether a Range was honoured.
bool serve(int connection, Page& page, const std::string& request) {
  const std::size_t from = range_in(request);
  const bool part = from > 0 && page.honours_range && page.status == 200;
  std::string_view body = page.body;
  if (part) body.remove_prefix(std::min(from, body.size()));
  const auto length =
      page.says_length >= 0 ? static_cast<std::size_t>(page.says_length) : body.size();
  std::string head = "HTTP/1.1 " + std::to_string(part ? 206 : page.status) + " X\r\n";
  if (!page.location.empty()) head += "Location: " + page.location + "\r\n";
  if (part) {
    const std::string size = std::to_string(page.body.size());
    head += "Content-Range: bytes " + std::to_string(from) + "-" +
            std::to_string(page.body.size() - 1) + "/" + size + "\r\n";
  }
  head += "Content-Length: " + std::to_string(length) + "\r\nConnection: close\r\n\r\n";
  if (page.cut_after > 0 && page.cuts-- > 0) body = body.substr(0, page.cut_after);
  if (page.silent_after > 0) body = body.substr(0, page.silent_after);
  if (send_all(connection, head) && send_all(connection, body) && page.silent_after > 0)
    wait_until_client_goes(connection);
  return part;
}

}  // namespace

HttpServer::HttpServer(std::map<std::string, Page> pages) {
  counts_ = static_cast<Counts*>(
      ::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  const int listener = listen_on_loopback(port_);
  child_ = ::fork();
  if (child_ != 0) {
    ::close(listener);
    return;
  }
  ::signal(SIGPIPE, SIG_IGN);
  while (true) {
    const int connection = ::accept(listener, nullptr, nullptr);
    if (connection < 0) ::_exit(0);
    const std::string request = read_request(connection);
    const auto page = pages.find(path_in(request));
    ++counts_->requests;
    Page none{.body = "not here", .status = 404};
    if (serve(connection, page == pages.end() ? none : page->second, request)) ++counts_->ranges;
    ::close(connection);
  }
}

void HttpServer::kill() {
  if (child_ < 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = -1;
}

std::string HttpServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }
int HttpServer::requests() const { return counts_->requests; }
int HttpServer::ranges() const { return counts_->ranges; }

}  // namespace gopol::tests
