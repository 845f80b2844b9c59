#include "tests/mac_loader/thread_variables.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {
namespace {

struct Descriptor {
  std::uint64_t function, key, offset;
};

std::vector<std::byte>& first_values() {
  static std::vector<std::byte> values;
  return values;
}

struct Block {
  std::byte* memory = nullptr;
  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() { std::free(memory); }  // after the program's own values: their ends are run before
};

thread_local Block block;

}  // namespace

extern "C" void* mac_loader_thread_variable(const Descriptor* descriptor) {
  if (block.memory == nullptr) {
    const std::size_t size = (first_values().size() + 63) & ~std::size_t{63};
    block.memory = static_cast<std::byte*>(std::aligned_alloc(64, size));
    std::memcpy(block.memory, first_values().data(), first_values().size());
  }
  return block.memory + descriptor->offset;
}

extern "C" void* mac_loader_find_thread_variable(Descriptor*);

// Its callers count on all registers but that of the result.
#ifdef __aarch64__
asm(R"(
  .globl mac_loader_find_thread_variable
  mac_loader_find_thread_variable:
    stp x29, x30, [sp, #-16]!
    mov x29, sp
    stp x1, x2, [sp, #-16]!
    stp x3, x4, [sp, #-16]!
    stp x5, x6, [sp, #-16]!
    stp x7, x8, [sp, #-16]!
    stp x9, x10, [sp, #-16]!
    stp x11, x12, [sp, #-16]!
    stp x13, x14, [sp, #-16]!
    stp x15, x18, [sp, #-16]!
    stp q0, q1, [sp, #-32]!
    stp q2, q3, [sp, #-32]!
    stp q4, q5, [sp, #-32]!
    stp q6, q7, [sp, #-32]!
    stp q16, q17, [sp, #-32]!
    stp q18, q19, [sp, #-32]!
    stp q20, q21, [sp, #-32]!
    stp q22, q23, [sp, #-32]!
    stp q24, q25, [sp, #-32]!
    stp q26, q27, [sp, #-32]!
    stp q28, q29, [sp, #-32]!
    stp q30, q31, [sp, #-32]!
    bl mac_loader_thread_variable
    ldp q30, q31, [sp], #32
    ldp q28, q29, [sp], #32
    ldp q26, q27, [sp], #32
    ldp q24, q25, [sp], #32
    ldp q22, q23, [sp], #32
    ldp q20, q21, [sp], #32
    ldp q18, q19, [sp], #32
    ldp q16, q17, [sp], #32
    ldp q6, q7, [sp], #32
    ldp q4, q5, [sp], #32
    ldp q2, q3, [sp], #32
    ldp q0, q1, [sp], #32
    ldp x15, x18, [sp], #16
    ldp x13, x14, [sp], #16
    ldp x11, x12, [sp], #16
    ldp x9, x10, [sp], #16
    ldp x7, x8, [sp], #16
    ldp x5, x6, [sp], #16
    ldp x3, x4, [sp], #16
    ldp x1, x2, [sp], #16
    ldp x29, x30, [sp], #16
    ret
)");
#else
asm(R"(
  .globl mac_loader_find_thread_variable
  mac_loader_find_thread_variable:
    push %rbp
    mov %rsp, %rbp
    push %rcx
    push %rdx
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    sub $256, %rsp
    movups %xmm0, (%rsp)
    movups %xmm1, 16(%rsp)
    movups %xmm2, 32(%rsp)
    movups %xmm3, 48(%rsp)
    movups %xmm4, 64(%rsp)
    movups %xmm5, 80(%rsp)
    movups %xmm6, 96(%rsp)
    movups %xmm7, 112(%rsp)
    movups %xmm8, 128(%rsp)
    movups %xmm9, 144(%rsp)
    movups %xmm10, 160(%rsp)
    movups %xmm11, 176(%rsp)
    movups %xmm12, 192(%rsp)
    movups %xmm13, 208(%rsp)
    movups %xmm14, 224(%rsp)
    movups %xmm15, 240(%rsp)
    call mac_loader_thread_variable
    movups (%rsp), %xmm0
    movups 16(%rsp), %xmm1
    movups 32(%rsp), %xmm2
    movups 48(%rsp), %xmm3
    movups 64(%rsp), %xmm4
    movups 80(%rsp), %xmm5
    movups 96(%rsp), %xmm6
    movups 112(%rsp), %xmm7
    movups 128(%rsp), %xmm8
    movups 144(%rsp), %xmm9
    movups 160(%rsp), %xmm10
    movups 176(%rsp), %xmm11
    movups 192(%rsp), %xmm12
    movups 208(%rsp), %xmm13
    movups 224(%rsp), %xmm14
    movups 240(%rsp), %xmm15
    add $256, %rsp
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rdi
    pop %rsi
    pop %rdx
    pop %rcx
    pop %rbp
    ret
)");
#endif

void prepare_thread_variables(const Image& image) {
  std::uint64_t low = ~std::uint64_t{0}, high = 0;
  for (const Section& section : image.sections) {
    if (section.type != section_thread_data && section.type != section_thread_zero_filled) continue;
    low = std::min(low, section.address);
    high = std::max(high, section.address + section.size);
  }
  if (high == 0) return;
  first_values().assign(high - low, std::byte{0});
  for (const Section& section : image.sections) {
    if (section.type != section_thread_data) continue;
    std::memcpy(first_values().data() + (section.address - low),
                reinterpret_cast<const void*>(image.at(section.address)), section.size);
  }
  for (const Section& section : image.sections) {
    if (section.type != section_thread_variables) continue;
    auto* all = reinterpret_cast<Descriptor*>(image.at(section.address));
    for (std::uint64_t i = 0; i < section.size / sizeof(Descriptor); ++i) {
      all[i].function = reinterpret_cast<std::uint64_t>(&mac_loader_find_thread_variable);
    }
  }
}

void add_thread_variables(Names& names) {
  names.add("__tlv_bootstrap", &mac_loader_find_thread_variable);
}

}  // namespace gopol::mac_loader
