#include "providers/read/plist_binary.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace gopol::providers {
namespace {

constexpr std::string_view magic = "bplist00";
constexpr std::size_t trailer_size = 32;
constexpr std::uint64_t most_elements = 100'000;  // of one list; a damaged count is larger

/// The kinds of objects that gopol reads: the upper half of an object's first byte.
enum Marker : unsigned { simple = 0x0, ascii = 0x5, utf16 = 0x6, array = 0xa, dictionary = 0xd };

/// An object with a count: where its content begins.
struct Object {
  unsigned kind = 0;
  std::uint64_t count = 0;
  std::size_t content = 0;
};

/// Every access is checked: a file from a disk may hold anything.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool open() {
    if (bytes_.size() < magic.size() + trailer_size || !bytes_.starts_with(magic)) return false;
    const std::size_t trailer = bytes_.size() - trailer_size;
    offset_size_ = static_cast<unsigned char>(bytes_[trailer + 6]);
    reference_size_ = static_cast<unsigned char>(bytes_[trailer + 7]);
    const auto objects = number(trailer + 8, 8), top = number(trailer + 16, 8);
    const auto table = number(trailer + 24, 8);
    if (!objects || !top || !table) return false;
    objects_ = *objects;
    top_ = *top;
    table_ = *table;
    const bool sizes = offset_size_ - 1U < 8 && reference_size_ - 1U < 8;
    return sizes && table_ < bytes_.size() && objects_ <= bytes_.size();
  }

  std::optional<Object> top() const { return object(top_); }

  std::optional<std::string> text(const Object& from) const {
    if (from.kind == ascii) return ascii_text(from);
    if (from.kind == utf16) return utf16_text(from);
    return {};
  }

  /// The object that the `index`th reference of a list names.
  std::optional<Object> element(const Object& list, std::uint64_t index) const {
    const auto which = number(list.content + index * reference_size_, reference_size_);
    return which ? object(*which) : std::nullopt;
  }

 private:
  std::optional<std::uint64_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return {};
    std::uint64_t out = 0;
    for (const char byte : bytes_.substr(at, size))
      out = out << 8U | static_cast<unsigned char>(byte);
    return out;
  }

  std::optional<Object> object(std::uint64_t which) const {
    if (which >= objects_) return {};
    const auto at = number(table_ + which * offset_size_, offset_size_);
    if (!at || *at >= bytes_.size()) return {};
    const auto marker = static_cast<unsigned char>(bytes_[*at]);
    Object out{static_cast<unsigned>(marker) >> 4U, marker & 0xfU, *at + 1};
    if (out.count == 0xf && !read_count(out)) return {};
    if (out.count > most_elements) return {};
    return out;
  }

  /// A count of 15 and more is a number object of its own.
  bool read_count(Object& out) const {
    const auto marker = number(out.content, 1);
    if (!marker || *marker >> 4U != 1 || (*marker & 0xfU) > 3) return false;
    const std::size_t size = std::size_t{1} << (*marker & 0xfU);
    const auto count = number(out.content + 1, size);
    if (!count) return false;
    out.count = *count;
    out.content += 1 + size;
    return true;
  }

  std::optional<std::string> ascii_text(const Object& from) const {
    if (bytes_.size() - from.content < from.count) return {};
    return std::string(bytes_.substr(from.content, from.count));
  }

  /// Of texts beyond ASCII gopol compares none: a `?` stands for each such unit.
  std::optional<std::string> utf16_text(const Object& from) const {
    std::string out;
    for (std::uint64_t i = 0; i < from.count; ++i) {
      const auto unit = number(from.content + 2 * i, 2);
      if (!unit) return {};
      out += *unit < 0x80 ? static_cast<char>(*unit) : '?';
    }
    return out;
  }

  std::string_view bytes_;
  std::size_t offset_size_ = 0, reference_size_ = 0;
  std::uint64_t objects_ = 0, top_ = 0, table_ = 0;
};

/// An object may be named many times: `left_` bounds the work.
class BinaryTree {
 public:
  explicit BinaryTree(const Reader& reader) : reader_(reader) {}

  std::optional<PlistNode> node(const std::optional<Object>& from, int depth) {
    constexpr std::uint64_t no = 8, yes = 9;
    if (!from || depth > deepest_plist || !spend(1)) return {};
    if (from->kind == array) return list(*from, depth);
    if (from->kind == dictionary) return entries(*from, depth);
    PlistNode out;
    if (auto text = reader_.text(*from)) {
      if (!spend(text->size() / bytes_for_one)) return {};
      out.kind = PlistNode::Kind::text;
      out.text = std::move(*text);
    } else if (from->kind == simple && (from->count == no || from->count == yes)) {
      out.kind = PlistNode::Kind::truth;
      out.truth = from->count == yes;
    }
    return out;
  }

 private:
  static constexpr std::size_t bytes_for_one = 128;  // of a text, which costs more when it is long

  bool spend(std::uint64_t cost) {
    if (cost > left_) return false;
    left_ -= cost;
    return true;
  }

  std::optional<PlistNode> list(const Object& from, int depth) {
    PlistNode out;
    out.kind = PlistNode::Kind::array;
    for (std::uint64_t i = 0; i < from.count; ++i) {
      auto element = node(reader_.element(from, i), depth + 1);
      if (!element) return {};
      out.elements.push_back(std::move(*element));
    }
    return out;
  }

  /// Its references: keys first, then values.
  std::optional<PlistNode> entries(const Object& from, int depth) {
    PlistNode out;
    out.kind = PlistNode::Kind::dictionary;
    for (std::uint64_t i = 0; i < from.count; ++i) {
      auto key = node(reader_.element(from, i), depth + 1);
      auto value = node(reader_.element(from, from.count + i), depth + 1);
      if (!key || key->kind != PlistNode::Kind::text || !value) return {};
      out.entries.push_back({std::move(key->text), std::move(*value)});
    }
    return out;
  }

  const Reader& reader_;
  std::uint64_t left_ = most_elements;
};

}  // namespace

std::optional<PlistNode> binary_plist_tree(std::string_view bytes) {
  Reader reader(bytes);
  return reader.open() ? BinaryTree(reader).node(reader.top(), 0) : std::nullopt;
}

bool is_binary_plist(std::string_view bytes) { return bytes.starts_with(magic); }

}  // namespace gopol::providers
