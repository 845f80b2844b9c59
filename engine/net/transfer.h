#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/value/result.h"
#include "engine/net/connection.h"

namespace gopol::engine::net {

struct CloseMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

/// One file that comes piece by piece. A broken connection is taken up where it broke, up to three
/// times in a row; a server that then begins anew is read past what we have.
class Transfer {
 public:
  /// `what` names it in progress lines; empty: none are written.
  Transfer(std::string url, Route route, std::string what = {});
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  /// The next bytes, valid until the next call; empty at the end.
  dsl::Result<std::string_view> next();

  std::uint64_t received() const { return received_; }
  /// Of the last answer; 0: there was none, or it is a file.
  long status() const { return status_; }

 private:
  static std::size_t take(char* bytes, std::size_t one, std::size_t count, void* self);
  bool begin_answer();
  dsl::Result<dsl::Done> begin();
  dsl::Result<dsl::Done> step();
  dsl::Result<dsl::Done> ended(CURLcode code);
  dsl::Diagnostic failure(CURLcode code) const;
  void close();

  std::string url_, what_;
  Route route_;
  std::array<char, CURL_ERROR_SIZE> details_{};
  std::unique_ptr<CURLM, CloseMulti> multi_;
  Easy easy_;
  std::string pending_, given_;
  std::uint64_t received_ = 0, total_ = 0;
  std::uint64_t skip_ = 0;  ///< bytes of this answer that we have already
  std::uint64_t at_last_break_ = 0;
  long status_ = 0;
  int breaks_ = 0;
  std::optional<dsl::Diagnostic> broken_;  ///< for good: asked again, it says the same
  bool answered_ = false, wrong_part_ = false, finished_ = false;
};

/// All of a small text.
dsl::Result<std::string> read_all(Transfer& transfer, std::size_t most);

}  // namespace gopol::engine::net
