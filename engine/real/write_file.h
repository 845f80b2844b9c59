#pragma once

#include <string>
#include <string_view>

#include "engine/host/host.h"
#include "engine/real/spot.h"

namespace gopol::engine {

/// The writing half of the disk. All answer 0 or an errno; unless it is `not_durable`, nothing was
/// changed.

/// The change is made and seen by all, but its folder could not be flushed.
inline constexpr int not_durable = -1;

/// How the names of a process's temporary files begin; they lie beside what they are to replace.
std::string temporary_names(std::string_view process);

int replace_file(const Spot& spot, std::string_view bytes, const Attributes& want);
int make_real_folder(const Spot& spot, const Attributes& want);
int give_attributes(const Spot& spot, const Attributes& want);
int rename_durably(const Spot& from, const Spot& to);
int switch_link(const Spot& spot, const std::string& target);
int remove_one(const Spot& spot);
int add_one_name(const Spot& file, const Spot& name);

// The same at a path of our own, whose folders may be links.
int replace_file(const std::string& path, std::string_view bytes, const Attributes& want);
int make_real_folder(const std::string& path, const Attributes& want);
int rename_durably(const std::string& from, const std::string& to);

}  // namespace gopol::engine
