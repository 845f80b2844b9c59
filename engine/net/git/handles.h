#pragma once

#include <git2.h>

#include <memory>
#include <string>

#include "dsl/value/diagnostic.h"

namespace gopol::engine::net {

/// libgit2's handles, each freed by its own function.
template <auto free_function>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    free_function(handle);
  }
};
using Repository = std::unique_ptr<git_repository, FreeWith<git_repository_free>>;
using Remote = std::unique_ptr<git_remote, FreeWith<git_remote_free>>;
using Commit = std::unique_ptr<git_commit, FreeWith<git_commit_free>>;
using GitTree = std::unique_ptr<git_tree, FreeWith<git_tree_free>>;
using Blob = std::unique_ptr<git_blob, FreeWith<git_blob_free>>;
using Odb = std::unique_ptr<git_odb, FreeWith<git_odb_free>>;
using OdbObject = std::unique_ptr<git_odb_object, FreeWith<git_odb_object_free>>;

/// R4002: `what`, and libgit2's own words for the last failure.
dsl::Diagnostic git_trouble(const std::string& what, std::string help = {});

std::string to_text(const git_oid& id);

}  // namespace gopol::engine::net
