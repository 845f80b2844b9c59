#include "engine/net/transfer.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/net/answer.h"
#include "engine/net/stop.h"

namespace gopol::engine::net {
namespace {

constexpr int most_breaks = 3;
constexpr std::uint64_t worth_a_new_try = 1 << 20;  // bytes since the last break
constexpr std::size_t most_pending = 4 << 20;       // bytes that wait for us
constexpr int patience = 200;                       // ms between two looks at the stop flag

bool is_whole(long status) { return status == 0 || status == 200; }

bool may_pass(CURLcode code, long status) {
  if (status >= 500 || status == 408 || status == 429) return true;
  if (!is_whole(status) && status != 206) return false;
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return true;
    default: return false;
  }
}

/// The first byte of `bytes 100-199/200`.
bool begins_at(const char* range, std::uint64_t wanted) {
  std::string_view text(range);
  if (!text.starts_with("bytes ")) return false;
  text.remove_prefix(6);
  std::uint64_t first = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), first);
  return error == std::errc() && first == wanted;
}

/// Longer after each break; nothing in it keeps a stop from being seen.
void wait_before_try(int breaks) {
  for (int waited = 0; waited < 250 << (breaks - 1) && !is_stopped(); waited += 50) {
    ::poll(nullptr, 0, 50);
  }
}

}  // namespace

Transfer::Transfer(std::string url, Route route, std::string what)
    : url_(std::move(url)),
      what_(std::move(what)),
      route_(std::move(route)),
      multi_(curl_multi_init()) {}

Transfer::~Transfer() { close(); }

void Transfer::close() {
  if (easy_ && multi_) curl_multi_remove_handle(multi_.get(), easy_.get());
  easy_.reset();
}

/// At the first byte of an answer: what it is, and what of it we need.
bool Transfer::begin_answer() {
  answered_ = true;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status_);
  if (!is_whole(status_) && status_ != 206) return false;
  curl_off_t length = -1;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  const std::uint64_t from = status_ == 206 ? received_ : 0;
  if (length >= 0) total_ = from + static_cast<std::uint64_t>(length);
  skip_ = is_whole(status_) ? received_ : 0;
  if (status_ != 206) return true;
  curl_header* range = nullptr;
  const auto found = curl_easy_header(easy_.get(), "Content-Range", 0, CURLH_HEADER, -1, &range);
  wrong_part_ = found != CURLHE_OK || !begins_at(range->value, received_);
  return !wrong_part_;
}

std::size_t Transfer::take(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (is_stopped() || (!transfer.answered_ && !transfer.begin_answer())) return 0;
  // A file's bytes come all in one call of libcurl, which cannot be made to wait.
  if (transfer.pending_.size() > most_pending && transfer.status_ != 0) {
    return CURL_WRITEFUNC_PAUSE;
  }
  const std::size_t known = std::min<std::uint64_t>(transfer.skip_, count);
  transfer.skip_ -= known;
  transfer.pending_.append(bytes + known, count - known);
  transfer.received_ += count - known;
  return count;
}

dsl::Result<dsl::Done> Transfer::begin() {
  close();
  if (auto shown = shown_to_all(url_, "the mirror's address")) return *shown;
  easy_ = open(url_, route_);
  if (!easy_ || !multi_) return trouble("no memory for a connection");
  answered_ = wrong_part_ = false;
  status_ = 0;
  details_[0] = '\0';
  curl_easy_setopt(easy_.get(), CURLOPT_ERRORBUFFER, details_.data());
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &Transfer::take);
  curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, this);
  if (received_ > 0) {
    curl_easy_setopt(easy_.get(), CURLOPT_RANGE, fmt::format("{}-", received_).c_str());
  }
  curl_multi_add_handle(multi_.get(), easy_.get());
  return dsl::Done{};
}

dsl::Diagnostic Transfer::failure(CURLcode code) const {
  if (is_stopped()) return trouble("it was stopped");
  if (wrong_part_) {
    return trouble(fmt::format("{} sent another part of the file than was asked for", url_));
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL && status_ >= 300 && status_ < 400) {
    const bool secure = url_.starts_with("https:");
    return trouble(fmt::format("{} leads from {} another protocol", url_,
                               secure ? "https to http or" : "http to"),
                   "nothing was changed; set `go` in `[download]` to where the files are");
  }
  if (!is_whole(status_) && status_ != 206) {
    const char* help = url_.starts_with("https:")
                           ? "write the account for this server into ~/.netrc"
                           : "use https: over http nobody is told who we are";
    return trouble(fmt::format("the server answered {} to {}", status_, url_),
                   status_ == 401 ? help : "");
  }
  if (received_ > 0) {
    return trouble(fmt::format("the connection broke after {} of {} bytes of {}: {}", received_,
                               total_ > 0 ? std::to_string(total_) : "unknown", url_,
                               words(code, details_.data())),
                   "nothing was changed; try again");
  }
  return trouble(fmt::format("cannot fetch {}: {}", url_, words(code, details_.data())),
                 "check the network, `proxy` and `ca` in `[download]` of gopol.toml");
}

dsl::Result<dsl::Done> Transfer::ended(CURLcode code) {
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status_);
  if (code == CURLE_OK && (is_whole(status_) || status_ == 206)) {
    finished_ = true;
    close();
    return dsl::Done{};
  }
  if (received_ - at_last_break_ >= worth_a_new_try) breaks_ = 0;
  at_last_break_ = received_;
  if (is_stopped() || wrong_part_ || !may_pass(code, status_) || ++breaks_ > most_breaks) {
    return failure(code);
  }
  wait_before_try(breaks_);
  return begin();
}

dsl::Result<dsl::Done> Transfer::step() {
  if (!easy_) return begin();
  curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
  int running = 0, left = 0;
  curl_multi_perform(multi_.get(), &running);
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) return ended(message->data.result);
  }
  if (pending_.empty()) curl_multi_poll(multi_.get(), nullptr, 0, patience, nullptr);
  return dsl::Done{};
}

dsl::Result<std::string_view> Transfer::next() {
  given_.clear();
  while (pending_.empty() && !finished_) {
    if (broken_) return *broken_;
    const dsl::Result<dsl::Done> done = is_stopped() ? failure(CURLE_ABORTED_BY_CALLBACK) : step();
    if (!done) {
      broken_ = done.error().front();
      return *broken_;
    }
    if (!what_.empty()) say_progress(received_, total_, what_);
  }
  std::swap(given_, pending_);
  return std::string_view(given_);
}

dsl::Result<std::string> read_all(Transfer& transfer, std::size_t most) {
  std::string out;
  while (true) {
    const auto bytes = transfer.next();
    if (!bytes) return bytes.error();
    if (bytes->empty()) return out;
    out += *bytes;
    if (out.size() > most) return trouble(fmt::format("the answer has more than {} bytes", most));
  }
}

}  // namespace gopol::engine::net
