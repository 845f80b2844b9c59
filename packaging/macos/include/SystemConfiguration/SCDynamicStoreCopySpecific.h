// In place of Apple's: libcurl asks for the system's proxies and throws the answer away, for a side
// effect in networks without IPv4. Without the framework there is none to ask.
#pragma once

typedef const struct NoDictionary* CFDictionaryRef;

static inline CFDictionaryRef SCDynamicStoreCopyProxies(void* store) {
  (void)store;
  return 0;
}

static inline void CFRelease(CFDictionaryRef dictionary) { (void)dictionary; }
