#include "stages/parse/xml/repair.h"

#include <algorithm>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

// Elements may be open so deep; a deeper start tag is dropped.
constexpr size_t kOpenMax = 1024;
constexpr size_t kAttributesMax = 256;

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<uint8_t>(c)) || c == '_' || c == ':' ||
         static_cast<uint8_t>(c) >= 0x80;
}

bool IsNameByte(char c) {
  return IsNameStart(c) || absl::ascii_isdigit(static_cast<uint8_t>(c)) ||
         c == '-' || c == '.';
}

bool IsSpace(char c) { return absl::ascii_isspace(static_cast<uint8_t>(c)); }

bool IsItem(absl::string_view name) {
  const size_t colon = name.rfind(':');
  if (colon != absl::string_view::npos) name.remove_prefix(colon + 1);
  return absl::EqualsIgnoreCase(name, "item") ||
         absl::EqualsIgnoreCase(name, "entry");
}

// One pass over the input. Lives for one call.
class Repairer {
 public:
  explicit Repairer(absl::string_view xml) : xml_(xml) {
    out_.reserve(xml.size() + xml.size() / 8);
  }

  XmlRepair Run() {
    while (position_ < xml_.size()) {
      const size_t open = std::min(xml_.find('<', position_), xml_.size());
      out_.append(xml_.data() + position_, open - position_);
      position_ = open;
      if (open < xml_.size()) ReadMarkup();
    }
    XmlRepair repair;
    repair.cut_item = std::any_of(open_.begin(), open_.end(), IsItem);
    CloseDownTo(0);
    repair.xml = std::move(out_);
    return repair;
  }

 private:
  absl::string_view rest() const { return xml_.substr(position_); }
  char at(size_t position) const {
    return position < xml_.size() ? xml_[position] : '\0';
  }

  void ReadMarkup() {
    const absl::string_view text = rest();
    if (absl::StartsWith(text, "<![CDATA[")) {
      ReadCdata();
    } else if (absl::StartsWith(text, "<!--")) {
      const size_t end = comments_end_.Find(xml_, position_ + 4);
      position_ = end == absl::string_view::npos ? position_ + 4 : end + 3;
    } else if (absl::StartsWith(text, "<?")) {
      const size_t end = tags_end_.Find(xml_, position_ + 2);
      position_ = end == absl::string_view::npos ? position_ + 2 : end + 1;
    } else if (absl::StartsWithIgnoreCase(text, "<!doctype")) {
      SkipDoctype();
    } else if (at(position_ + 1) == '/' && IsNameStart(at(position_ + 2))) {
      ReadEndTag();
    } else if (IsNameStart(at(position_ + 1))) {
      ReadStartTag();
    } else {
      AddText(position_ + 1);
    }
  }

  // What stands from here to `end` is no tag but text.
  void AddText(size_t end) {
    for (; position_ < end; ++position_) {
      if (xml_[position_] == '<') {
        out_ += "&lt;";
      } else {
        out_.push_back(xml_[position_]);
      }
    }
  }

  void ReadCdata() {
    const size_t begin = position_ + 9;
    size_t end = sections_end_.Find(xml_, begin);
    size_t next = end + 3;
    if (end == absl::string_view::npos) {
      end = open_.empty() ? absl::string_view::npos
                          : xml_.find(absl::StrCat("</", open_.back()), begin);
      end = std::min(end, xml_.size());
      next = end;
    }
    absl::StrAppend(&out_, "<![CDATA[", xml_.substr(begin, end - begin), "]]>");
    position_ = std::min(next, xml_.size());
  }

  void SkipDoctype() {
    bool subset = false;
    for (; position_ < xml_.size(); ++position_) {
      const char c = xml_[position_];
      if (c == '[') subset = true;
      if (c == ']') subset = false;
      if (c == '>' && !subset) break;
    }
    if (position_ < xml_.size()) ++position_;
  }

  absl::string_view ReadName() {
    const size_t begin = position_;
    while (IsNameByte(at(position_))) ++position_;
    return xml_.substr(begin, position_ - begin);
  }

  void ReadEndTag() {
    position_ += 2;
    const absl::string_view name = ReadName();
    const size_t end = xml_.find_first_of("<>", position_);
    position_ = std::min(end, xml_.size());
    if (at(position_) == '>') ++position_;
    const auto found = open_counts_.find(absl::AsciiStrToLower(name));
    if (found == open_counts_.end() || found->second == 0) return;
    for (size_t depth = open_.size(); depth > 0; --depth) {
      if (absl::EqualsIgnoreCase(open_[depth - 1], name)) {
        CloseDownTo(depth - 1);
        return;
      }
    }
  }

  void CloseDownTo(size_t depth) {
    while (open_.size() > depth) {
      absl::StrAppend(&out_, "</", open_.back(), ">");
      --open_counts_[absl::AsciiStrToLower(open_.back())];
      open_.pop_back();
    }
  }

  void ReadStartTag() {
    const size_t begin = position_;
    ++position_;
    const absl::string_view name = ReadName();
    const char after = at(position_);
    std::string tag = absl::StrCat("<", name);
    const bool named = IsSpace(after) || after == '>' || after == '/';
    const bool empty = named && ReadAttributes(tag);
    if (at(position_) != '>' || !named) {
      // Cut by the end of the input, or by the next tag. What was read is not
      // read again: quotes that cross tags would make that a square.
      const size_t end = position_;
      const bool cut_by_end = named && end >= xml_.size();
      if (!cut_by_end) {
        position_ = begin;
        AddText(end);
      }
      return;
    }
    ++position_;
    if (IsItem(name)) CloseItem();
    if (open_.size() >= kOpenMax) return;
    absl::StrAppend(&out_, tag, empty ? "/>" : ">");
    if (empty) return;
    open_.push_back(name);
    ++open_counts_[absl::AsciiStrToLower(name)];
  }

  void CloseItem() {
    for (size_t depth = open_.size(); depth > 0; --depth) {
      if (IsItem(open_[depth - 1])) {
        CloseDownTo(depth - 1);
        return;
      }
    }
  }

  // Stops at the '>', or at what cannot stand in a tag. True for "/>".
  bool ReadAttributes(std::string& tag) {
    bool slash = false;
    size_t count = 0;
    while (position_ < xml_.size()) {
      const char c = xml_[position_];
      if (c == '>' || c == '<') break;
      slash = c == '/';
      if (!IsNameStart(c)) {
        ++position_;
        continue;
      }
      ReadAttribute(tag, count++ < kAttributesMax);
    }
    return slash;
  }

  void ReadAttribute(std::string& tag, bool keep) {
    const absl::string_view name = ReadName();
    while (IsSpace(at(position_))) ++position_;
    absl::string_view value;
    if (at(position_) == '=') {
      ++position_;
      while (IsSpace(at(position_))) ++position_;
      const char quote = at(position_);
      const bool quoted = quote == '"' || quote == '\'';
      if (quoted) ++position_;
      const size_t end =
          std::min(quoted ? xml_.find(quote, position_)
                          : xml_.find_first_of(" \t\r\n>", position_),
                   xml_.size());
      value = xml_.substr(position_, end - position_);
      position_ = end;
      if (quoted && position_ < xml_.size()) ++position_;
    }
    if (!keep) return;
    absl::StrAppend(&tag, " ", name, "=\"");
    for (const char c : value) {
      if (c == '<') {
        tag += "&lt;";
      } else if (c == '"') {
        tag += "&quot;";
      } else {
        tag.push_back(c);
      }
    }
    tag.push_back('"');
  }

  // A mark that ends something. Once it was looked for in vain, it is known not
  // to stand further on either.
  class EndMark {
   public:
    explicit EndMark(absl::string_view mark) : mark_(mark) {}

    size_t Find(absl::string_view text, size_t from) {
      if (!possible_) return absl::string_view::npos;
      const size_t found = text.find(mark_, from);
      possible_ = found != absl::string_view::npos;
      return found;
    }

   private:
    const absl::string_view mark_;
    bool possible_ = true;
  };

  const absl::string_view xml_;
  size_t position_ = 0;
  std::string out_;
  std::vector<absl::string_view> open_;
  // How many elements of a name, in lower case, are open.
  absl::flat_hash_map<std::string, int> open_counts_;
  EndMark comments_end_{"-->"};
  EndMark sections_end_{"]]>"};
  EndMark tags_end_{">"};
};

}  // namespace

XmlRepair RepairXml(absl::string_view xml) { return Repairer(xml).Run(); }

}  // namespace wiredesk
