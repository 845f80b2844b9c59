#include "providers/tcc/services.h"

namespace gopol::providers::tcc {
namespace {

using Store = Service::Store;
using Profile = Service::Profile;

constexpr Service all[] = {
    // clang-format off
    {"Accessibility", "Accessibility", Store::system, Profile::both, false},
    {"AddressBook", "Contacts", Store::user, Profile::both, false},
    {"AppleEvents", "programs that it may automate, by bundle identifier", Store::user, Profile::both, true},
    {"AudioCapture", "System Audio Recording Only", Store::either, Profile::nothing, false},
    {"BluetoothAlways", "Bluetooth", Store::user, Profile::both, false},
    {"Calendar", "Calendars", Store::user, Profile::both, false},
    {"Camera", "Camera", Store::user, Profile::deny, false},
    {"ContactsFull", "Contacts, all", Store::user, Profile::nothing, false},
    {"ContactsLimited", "Contacts, some", Store::user, Profile::nothing, false},
    {"DeveloperTool", "Developer Tools", Store::system_since_15, Profile::nothing, false},
    {"EndpointSecurityClient", "Endpoint Security; implied by Full Disk Access", Store::system, Profile::nothing, false},
    {"FileProviderDomain", "file providers whose files it may use", Store::user, Profile::nothing, true},
    {"FileProviderPresence", "whether files of a file provider are looked at", Store::user, Profile::both, false},
    {"FocusStatus", "Focus", Store::user, Profile::nothing, false},
    {"ListenEvent", "Input Monitoring", Store::system, Profile::deny, false},
    {"Liverpool", "CloudKit of its daemons", Store::user, Profile::nothing, false},
    {"MediaLibrary", "Media & Apple Music", Store::user, Profile::both, false},
    {"Microphone", "Microphone", Store::user, Profile::deny, false},
    {"Motion", "Motion & Fitness", Store::user, Profile::nothing, false},
    {"Pasteboard", "Pasteboard", Store::either, Profile::nothing, false},
    {"Photos", "Photos", Store::user, Profile::both, false},
    {"PhotosAdd", "Photos, adding only", Store::user, Profile::nothing, false},
    {"PostEvent", "synthetic events; shown under Accessibility", Store::system, Profile::both, false},
    {"Reminders", "Reminders", Store::user, Profile::both, false},
    {"RemoteDesktop", "Remote Desktop", Store::either, Profile::nothing, false},
    {"ScreenCapture", "Screen & System Audio Recording", Store::system, Profile::deny, false},
    {"Siri", "Siri", Store::user, Profile::nothing, false},
    {"SpeechRecognition", "Speech Recognition", Store::user, Profile::both, false},
    {"SystemPolicyAllFiles", "Full Disk Access", Store::system, Profile::both, false},
    {"SystemPolicyAppBundles", "App Management", Store::either, Profile::both, false},
    {"SystemPolicyAppData", "data of other apps", Store::user, Profile::both, false},
    {"SystemPolicyAppDataDetailed", "data of single other apps, macOS 27", Store::user, Profile::nothing, false},
    {"SystemPolicyDesktopFolder", "the Desktop folder", Store::user, Profile::both, false},
    {"SystemPolicyDeveloperFiles", "files of developer tools", Store::either, Profile::nothing, false},
    {"SystemPolicyDocumentsFolder", "the Documents folder", Store::user, Profile::both, false},
    {"SystemPolicyDownloadsFolder", "the Downloads folder", Store::user, Profile::both, false},
    {"SystemPolicyNetworkVolumes", "network volumes", Store::user, Profile::both, false},
    {"SystemPolicyRemovableVolumes", "removable volumes", Store::user, Profile::both, false},
    {"SystemPolicySysAdminFiles", "administering the computer", Store::either, Profile::both, false},
    {"Ubiquity", "iCloud", Store::user, Profile::nothing, false},
    {"UserAvailability", "Focus, for other apps", Store::user, Profile::nothing, false},
    {"UserTracking", "tracking across apps and sites", Store::user, Profile::nothing, false},
    {"VirtualMachineNetworking", "networks of virtual machines", Store::either, Profile::nothing, false},
    {"WebBrowserPublicKeyCredential", "Passkeys Access for Web Browsers", Store::user, Profile::nothing, false},
    {"Willow", "HomeKit", Store::user, Profile::nothing, false},
    // clang-format on
};

}  // namespace

std::span<const Service> services() { return all; }

bool grantable_by_profile(const Service& service, int macos) {
  constexpr int no_accessibility = 27;
  if (service.profile != Profile::both) return false;
  return service.name != "Accessibility" || macos < no_accessibility;
}

}  // namespace gopol::providers::tcc
