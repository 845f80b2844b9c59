#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/host/host.h"

namespace gopol::engine {

/// How to reach the network: the program that does it, and what it is told each time.
struct NetSettings {
  Path program;                       ///< gopol-net
  Path git_program;                   ///< gopol-git; empty: beside gopol-net
  Path ca;                            ///< certificates to trust besides the system's; empty: none
  std::string proxy;                  ///< empty: as the program finds it
  std::chrono::seconds patience{30};  ///< with a git server that says nothing
  Path root;  ///< the disk that paths of a request are inside; empty: this machine's
};

struct NetProgress {
  std::uint64_t done = 0, total = 0;  ///< bytes; total 0: not known
  std::string what;
};
using OnProgress = std::function<void(const NetProgress&)>;

/// Starts gopol-net, for `git` gopol-git, for each request. They read one line
///   {"protocol":1,"do":"archive","mirror","version","os","arch","sha256","staging","ca","proxy","root"}
///   {"protocol":1,"do":"reaches","host","deadline_ms","ca","proxy","root"}
///   {"protocol":1,"do":"probe","url","deadline_ms","ca","proxy","root"}
///   {"protocol":1,"do":"git","url","branch","path","cache","ca","proxy","root"}
///   {"protocol":1,"do":"pull",...} and {"do":"read",...}, see engine/net/git/pull.h
///   {"protocol":1,"do":"range",...} and {"do":"read_here",...}, see engine/net/git/range.h
///   {"protocol":1,"do":"blame",...}, see engine/net/git/blame.h
/// and write lines {"progress":{"done","total","what"}}, then one {"ok":{...}} or
/// {"error":{"code","message","help"}}. An archive's answer is {"url","sha256","size"}, that of
/// `reaches` {"reaches":true|false}, that of `probe` {"status","body","failure","offline"}, that of
/// `git` (engine/source/policy_source.h)
/// {"commit","path","text", "author","time"}.
std::unique_ptr<Network> net_client(NetSettings settings, OnProgress on_progress = nullptr);

}  // namespace gopol::engine
