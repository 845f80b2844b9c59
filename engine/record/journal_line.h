#pragma once

#include <string>
#include <string_view>

#include "engine/encoding/texts_apart.h"
#include "engine/record/journal.h"

namespace gopol::engine {

/// The lines of a journal, without their ends.
std::string head_line();
std::string begin_line(const JournalRun& run);
/// Of old contents that stand apart it says the SHA-256; of values that may hold a secret, where
/// in `apart` they lie.
std::string entry_line(const JournalEntry& entry, const detail::TextsApart& apart = {});
bool stands_apart(const FileImage& image);
std::string end_line(const std::string& run, std::chrono::system_clock::time_point at,
                     const std::string& outcome);

enum class HeadKind { ours, newer, foreign };
HeadKind read_head(std::string_view line);

/// Adds what a line says; false if it says nothing that a journal would. A value is not known if
/// it lies in a text that `fetch` does not find.
bool read_line(std::string_view line, JournalContent& into, const detail::FetchText& fetch = {});

}  // namespace gopol::engine
