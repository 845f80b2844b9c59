#include "engine/encoding/xml.h"

namespace gopol::engine {
namespace {

std::string xml_escaped(std::string_view text, std::string_view quote) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += quote; break;
      case '\n': out += "&#10;"; break;
      case '\t': out += "&#9;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    }
  }
  return out;
}

}  // namespace

std::string xml_text(std::string_view text) { return xml_escaped(text, "\""); }

std::string xml_attribute(std::string_view text) { return xml_escaped(text, "&quot;"); }

}  // namespace gopol::engine
