#pragma once

namespace gopol::dsl {

/// A text with `${user.home}` in it is kept as text with the fact's name between two NUL bytes:
/// no source text holds a NUL, so nothing a user writes can look like one.
inline constexpr char interpolation_mark = '\0';

}  // namespace gopol::dsl
