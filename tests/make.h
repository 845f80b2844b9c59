#pragma once

#include <utility>
#include <vector>

#include "engine/apply/make_change.h"
#include "engine/plan/provider.h"

namespace gopol::tests {

/// A change that was made, with what its files were before.
struct Made {
  engine::Prepared prepared;
  std::vector<engine::FileImage> images;
};

/// Makes what is prepared as the engine does.
inline dsl::Result<Made> make(const engine::Provider& provider, const engine::Change& change,
                              dsl::Result<engine::Prepared> prepared, engine::Host& host) {
  if (!prepared) return prepared.error();
  auto images = engine::images_of(prepared->edits, host.disk());
  if (!images) return images.error();
  auto done = engine::make_change(change, *prepared, *images, provider, host);
  if (!done) return done.error();
  return Made{std::move(*prepared), std::move(*images)};
}

/// Prepares the change and makes it.
inline dsl::Result<Made> make(const engine::Provider& provider, const engine::Change& change,
                              engine::Host& host) {
  return make(provider, change, provider.prepare(change, host), host);
}

}  // namespace gopol::tests
