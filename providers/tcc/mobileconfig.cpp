#include "providers/tcc/mobileconfig.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/encoding/sha256.h"
#include "engine/encoding/xml.h"

namespace gopol::providers::tcc {
namespace {

/// Lines of a property list at their depth.
class Plist {
 public:
  void open(std::string_view tag) {
    line(fmt::format("<{}>", tag));
    ++depth_;
  }
  void close(std::string_view tag) {
    --depth_;
    line(fmt::format("</{}>", tag));
  }
  void key(std::string_view name) { line(fmt::format("<key>{}</key>", engine::xml_text(name))); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    line(fmt::format("<string>{}</string>", engine::xml_text(value)));
  }
  void deeper(std::size_t levels) { depth_ += levels; }
  void raw(std::string_view lines) { out_.append(lines); }
  void line(std::string_view xml) { out_.append(depth_, '\t').append(xml).append("\n"); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t depth_ = 0;
};

std::string_view kind_of(std::string_view client) {
  return client.starts_with('/') ? "path" : "bundleID";
}

void write_entry(const PppcEntry& entry, Plist& to) {
  to.open("dict");
  to.text("Identifier", entry.client);
  to.text("IdentifierType", kind_of(entry.client));
  to.text("CodeRequirement", entry.requirement);
  to.text("Authorization", entry.authorization);
  if (!entry.receiver.empty()) {
    to.text("AEReceiverIdentifier", entry.receiver);
    to.text("AEReceiverIdentifierType", kind_of(entry.receiver));
    to.text("AEReceiverCodeRequirement", entry.receiver_requirement);
  }
  if (!entry.comment.empty()) to.text("Comment", entry.comment);
  to.close("dict");
}

/// `entries` is sorted by service.
void write_services(const std::vector<PppcEntry>& entries, Plist& to) {
  to.key("Services");
  to.open("dict");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i == 0 || entries[i].service != entries[i - 1].service) {
      to.key(entries[i].service);
      to.open("array");
    }
    write_entry(entries[i], to);
    if (i + 1 == entries.size() || entries[i].service != entries[i + 1].service) to.close("array");
  }
  to.close("dict");
}

struct Head {
  std::string_view type;
  std::string identifier, display_name;
};

/// The same profile has the same UUIDs, so that a server sees what is new. Source: RFC 9562, UUIDs
/// of version 8.
std::string uuid_of(const std::string& text) {
  std::string digits = engine::sha256(text).substr(0, 32);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  digits[12] = '8';
  digits[16] = "89AB"[static_cast<unsigned>(digits[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4),
                     digits.substr(12, 4), digits.substr(16, 4), digits.substr(20));
}

void write_head(const Head& head, const std::string& body, Plist& to) {
  to.text("PayloadType", head.type);
  to.key("PayloadVersion");
  to.line("<integer>1</integer>");
  to.text("PayloadIdentifier", head.identifier);
  to.text("PayloadUUID", uuid_of(head.identifier + "\n" + body));
  to.text("PayloadDisplayName", head.display_name);
}

}  // namespace

std::string mobileconfig(std::vector<PppcEntry> entries, const ProfileNames& names) {
  std::stable_sort(entries.begin(), entries.end(), [](const PppcEntry& a, const PppcEntry& b) {
    return std::tie(a.service, a.client, a.receiver) < std::tie(b.service, b.client, b.receiver);
  });
  Plist services;
  services.deeper(3);
  write_services(entries, services);
  const std::string body = services.take();
  Plist out;
  out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  out.line(
      "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">");
  out.line("<plist version=\"1.0\">");
  out.open("dict");
  out.key("PayloadContent");
  out.open("array");
  out.open("dict");
  write_head({"com.apple.TCC.configuration-profile-policy", names.identifier + ".tcc",
              "Privacy decisions for developer tools"},
             body, out);
  out.raw(body);
  out.close("dict");
  out.close("array");
  write_head({"Configuration", names.identifier, "Developer tools: privacy"}, body, out);
  if (!names.organization.empty()) out.text("PayloadOrganization", names.organization);
  out.text("PayloadScope", "System");
  out.close("dict");
  out.line("</plist>");
  return out.take();
}

}  // namespace gopol::providers::tcc
