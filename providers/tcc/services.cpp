#include "providers/tcc/services.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace gopol::providers::tcc {
namespace {

using Store = Service::Store;
using Profile = Service::Profile;

constexpr Service all[] = {
    // clang-format off
    {"Accessibility", "Accessibility", "Accessibility", Store::system, Profile::both, 10, false},
    {"AddressBook", "Contacts", "Contacts", Store::user, Profile::both, 10, false},
    {"AppleEvents", "programs that it may automate, by bundle identifier", "Automation", Store::user, Profile::both, 10, true},
    {"AudioCapture", "System Audio Recording Only", "AudioCapture", Store::either, Profile::nothing, 0, false},
    {"BluetoothAlways", "Bluetooth", "Bluetooth", Store::user, Profile::both, 11, false},
    {"Calendar", "Calendars", "Calendars", Store::user, Profile::both, 10, false},
    {"Camera", "Camera", "Camera", Store::user, Profile::deny, 10, false},
    {"ContactsFull", "Contacts, all", "Contacts", Store::user, Profile::nothing, 0, false},
    {"ContactsLimited", "Contacts, some", "Contacts", Store::user, Profile::nothing, 0, false},
    {"DeveloperTool", "Developer Tools", "DevTools", Store::system_since_15, Profile::nothing, 0, false},
    {"EndpointSecurityClient", "Endpoint Security; implied by Full Disk Access", "", Store::system, Profile::nothing, 0, false},
    {"FileProviderDomain", "file providers whose files it may use", "FilesAndFolders", Store::user, Profile::nothing, 0, true},
    {"FileProviderPresence", "whether files of a file provider are looked at", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"FocusStatus", "Focus", "Focus", Store::user, Profile::nothing, 0, false},
    {"ListenEvent", "Input Monitoring", "ListenEvent", Store::system, Profile::hand_over, 10, false},
    {"Liverpool", "CloudKit of its daemons", "", Store::user, Profile::nothing, 0, false},
    {"MediaLibrary", "Media & Apple Music", "Media", Store::user, Profile::both, 10, false},
    {"Microphone", "Microphone", "Microphone", Store::user, Profile::deny, 10, false},
    {"Motion", "Motion & Fitness", "Motion", Store::user, Profile::nothing, 0, false},
    {"Pasteboard", "Pasteboard", "Pasteboard", Store::either, Profile::nothing, 0, false},
    {"Photos", "Photos", "Photos", Store::user, Profile::both, 10, false},
    {"PhotosAdd", "Photos, adding only", "Photos", Store::user, Profile::nothing, 0, false},
    {"PostEvent", "synthetic events; shown under Accessibility", "Accessibility", Store::system, Profile::both, 10, false},
    {"Reminders", "Reminders", "Reminders", Store::user, Profile::both, 10, false},
    {"RemoteDesktop", "Remote Desktop", "RemoteDesktop", Store::either, Profile::nothing, 0, false},
    {"ScreenCapture", "Screen & System Audio Recording", "ScreenCapture", Store::system, Profile::hand_over, 10, false},
    {"Siri", "Siri", "", Store::user, Profile::nothing, 0, false},
    {"SpeechRecognition", "Speech Recognition", "SpeechRecognition", Store::user, Profile::both, 10, false},
    {"SystemPolicyAllFiles", "Full Disk Access", "AllFiles", Store::system, Profile::both, 10, false},
    {"SystemPolicyAppBundles", "App Management", "AppBundles", Store::either, Profile::both, 13, false},
    {"SystemPolicyAppData", "data of other apps", "", Store::user, Profile::both, 14, false},
    {"SystemPolicyAppDataDetailed", "data of single other apps, macOS 27", "", Store::user, Profile::nothing, 0, false},
    {"SystemPolicyDesktopFolder", "the Desktop folder", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"SystemPolicyDeveloperFiles", "files of developer tools", "", Store::either, Profile::nothing, 0, false},
    {"SystemPolicyDocumentsFolder", "the Documents folder", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"SystemPolicyDownloadsFolder", "the Downloads folder", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"SystemPolicyNetworkVolumes", "network volumes", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"SystemPolicyRemovableVolumes", "removable volumes", "FilesAndFolders", Store::user, Profile::both, 10, false},
    {"SystemPolicySysAdminFiles", "administering the computer", "FilesAndFolders", Store::either, Profile::both, 10, false},
    {"Ubiquity", "iCloud", "", Store::user, Profile::nothing, 0, false},
    {"UserAvailability", "Focus, for other apps", "Focus", Store::user, Profile::nothing, 0, false},
    {"UserTracking", "tracking across apps and sites", "", Store::user, Profile::nothing, 0, false},
    {"VirtualMachineNetworking", "networks of virtual machines", "", Store::either, Profile::nothing, 0, false},
    {"WebBrowserPublicKeyCredential", "Passkeys Access for Web Browsers", "Passkeys", Store::user, Profile::nothing, 0, false},
    {"Willow", "HomeKit", "HomeKit", Store::user, Profile::nothing, 0, false},
    // clang-format on
};

constexpr std::pair<std::string_view, std::string_view> panes[] = {
    {"Accessibility", "Accessibility"},
    {"AllFiles", "Full Disk Access"},
    {"AppBundles", "App Management"},
    {"AudioCapture", "Screen & System Audio Recording"},
    {"Automation", "Automation"},
    {"Bluetooth", "Bluetooth"},
    {"Calendars", "Calendars"},
    {"Camera", "Camera"},
    {"Contacts", "Contacts"},
    {"DevTools", "Developer Tools"},
    {"FilesAndFolders", "Files & Folders"},
    {"Focus", "Focus"},
    {"HomeKit", "HomeKit"},
    {"ListenEvent", "Input Monitoring"},
    {"Media", "Media & Apple Music"},
    {"Microphone", "Microphone"},
    {"Motion", "Motion & Fitness"},
    {"Passkeys", "Passkeys Access for Web Browsers"},
    {"Pasteboard", "Paste from Other Apps"},
    {"Photos", "Photos"},
    {"Reminders", "Reminders"},
    {"RemoteDesktop", "Remote Desktop"},
    {"ScreenCapture", "Screen & System Audio Recording"},
    {"SpeechRecognition", "Speech Recognition"},
};

/// A name that circulates, and the service that is meant.
constexpr std::pair<std::string_view, std::string_view> circulating[] = {
    {"AppManagement", "SystemPolicyAppBundles"},
    {"Automation", "AppleEvents"},
    {"Bluetooth", "BluetoothAlways"},
    {"Calendars", "Calendar"},
    {"Contacts", "AddressBook"},
    {"DesktopFolder", "SystemPolicyDesktopFolder"},
    {"DevTools", "DeveloperTool"},
    {"DeveloperTools", "DeveloperTool"},
    {"DocumentsFolder", "SystemPolicyDocumentsFolder"},
    {"DownloadsFolder", "SystemPolicyDownloadsFolder"},
    {"FilesAndFolders",
     "SystemPolicyDesktopFolder`, `SystemPolicyDocumentsFolder` or `SystemPolicyDownloadsFolder"},
    {"FullDiskAccess", "SystemPolicyAllFiles"},
    {"InputMonitoring", "ListenEvent"},
    {"NetworkVolumes", "SystemPolicyNetworkVolumes"},
    {"RemovableVolumes", "SystemPolicyRemovableVolumes"},
    {"ScreenRecording", "ScreenCapture"},
    {"SystemAudioRecording", "AudioCapture"},
};

constexpr std::pair<std::string_view, std::string_view> invented[] = {
    {"NetworkClient",
     "macOS has no such service: outgoing connections need no permission, and "
     "`com.apple.security.network.client` is an entitlement of sandboxed applications"},
    {"LocalNetwork",
     "TCC does not guard the local network: macOS keeps that elsewhere, and no program can set or "
     "reset it; System Settings, Privacy & Security, Local Network"},
    {"Location",
     "TCC does not guard the location: locationd does, and no program can set or reset it; System "
     "Settings, Privacy & Security, Location Services"}};

}  // namespace

std::string_view pane_of(const Service& service) {
  const auto at = std::find_if(std::begin(panes), std::end(panes),
                               [&](const auto& one) { return one.first == service.anchor; });
  return at == std::end(panes) ? std::string_view() : at->second;
}

std::vector<std::string> profile_words(const Service& service) {
  if (service.profile == Profile::both) return {"allowed", "denied"};
  if (service.profile == Profile::hand_over) return {"denied", "handed_over"};
  if (service.profile == Profile::deny) return {"denied"};
  return {};
}

std::vector<std::pair<std::string, std::string>> other_names(std::string_view of) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto add = [&](std::string_view name, const std::string& why) {
    out.emplace_back(name, why);
    out.emplace_back(fmt::format("{}{}", service_prefix, name), why);
  };
  for (const auto& [name, why] : invented) add(name, std::string(why));
  for (const auto& [name, meant] : circulating)
    add(name, fmt::format("of {}, its name is `{}`", of, meant));
  for (const Service& service : all)
    out.emplace_back(fmt::format("{}{}", service_prefix, service.name),
                     "write it without `kTCCService`");
  return out;
}

std::span<const Service> services() { return all; }

const Service* find_service(std::string_view name) {
  const auto at = std::find_if(std::begin(all), std::end(all),
                               [&](const Service& service) { return service.name == name; });
  return at == std::end(all) ? nullptr : &*at;
}

bool grantable_by_profile(const Service& service, int macos) {
  constexpr int no_accessibility = 27;
  if (service.profile != Profile::both) return false;
  return service.name != "Accessibility" || macos < no_accessibility;
}

}  // namespace gopol::providers::tcc
