#include "stages/parse/page/class_words.h"

#include <array>

namespace wiredesk {
namespace {

struct ClassWords {
  uint32_t bits;
  absl::string_view words;  // parted by spaces; several words in one
};

constexpr uint32_t kBefore = 1u << 31;  // "above-footer" is not a footer

constexpr ClassWords kClassWords[] = {
    {kClassUnlikely,
     "ad ads adbreak adslot advert advertisement ai2html banner breadcrumb "
     "breadcrumbs combx community coverwrap extra footer gdpr header legends "
     "menu nav navbar navigation related remark rss shoutbox sidebar "
     "skyscraper social sponsor sponsored supplemental agegate pagination "
     "pager "
     "popup yomremote newsletter recommend recommended recommendation "
     "mostread trending cookie subscribe subscription modal lightbox tooltip "
     "popover offcanvas"},
    {kClassUnlikely | kClassComment,
     "comment commentlist commentsarea disqus replies respond"},
    {kClassMaybe,
     "and article body column content main mathjax shadow articlebody "
     "articlecontent storybody maincontent pagecontent bodycontent bodytext"},
    {kClassPositive,
     "article body content entry hentry main page pagination post text blog "
     "story articlebody articlecontent articletext storybody maincontent "
     "entrycontent postcontent bodytext"},
    {kClassNegative,
     "ad ads hidden banner combx com contact footer gdpr masthead media meta "
     "outbrain promo related scroll share shoutbox sidebar skyscraper sponsor "
     "sponsored shopping tag widget newsletter recommend recommended "
     "recommendation taboola modal lightbox tooltip popover offcanvas"},
    {kClassNegative | kClassComment, "comment commentlist commentsarea"},
    {kClassByline,
     "byline author dateline writtenby pauthor autor auteur autore autoren "
     "writer"},
    {kClassShare, "share sharing sharedaddy sharebar sharebuttons"},
    {kClassDate,
     "date datetime dateline publish published publishdate pubdate posted "
     "postedon timestamp pubtime time datum fecha erstellt veröffentlicht"},
    {kClassJunk,
     "taboola outbrain cookieconsent relatedarticle relatedarticles "
     "relatedpost relatedposts relatedstories morestories mostpopular "
     "newslettersignup newslettersign newsletterbox socialshare sharebuttons "
     "authorbox authorbio authorcard aboutauthor abouttheauthor sharedaddy "
     "printonly visuallyhidden sronly screenreader"},
    {kClassJunk | kClassComment, "disqus commentsarea commentlist"},
    {kClassBody,
     "articlebody storybody articlecontent entrycontent postcontent postbody "
     "articletext storycontent contentbody bodycontent storytext"},
    {kBefore,
     "above before pre no non not without has with hide under below after"},
};

constexpr uint64_t kHashStart = 14695981039346656037ULL;
constexpr uint64_t kHashFactor = 1099511628211ULL;

constexpr uint64_t Hash(uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * kHashFactor;
}

// The words by their hashes, with open addressing.
class WordTable {
 public:
  WordTable() {
    for (const ClassWords& group : kClassWords) {
      uint64_t hash = kHashStart;
      for (const char c : group.words) {
        if (c != ' ') {
          hash = Hash(hash, c);
          continue;
        }
        Add(hash, group.bits);
        hash = kHashStart;
      }
      Add(hash, group.bits);
    }
  }

  uint32_t Find(uint64_t hash) const {
    for (size_t at = hash % kSize; entries_[at].hash != 0;
         at = (at + 1) % kSize) {
      if (entries_[at].hash == hash) return entries_[at].bits;
    }
    return 0;
  }

 private:
  static constexpr size_t kSize = 1024;

  struct Entry {
    uint64_t hash = 0;
    uint32_t bits = 0;
  };

  void Add(uint64_t hash, uint32_t bits) {
    size_t at = hash % kSize;
    while (entries_[at].hash != 0 && entries_[at].hash != hash) {
      at = (at + 1) % kSize;
    }
    entries_[at].hash = hash;
    entries_[at].bits |= bits;
  }

  std::array<Entry, kSize> entries_ = {};
};

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || IsUpper(c) ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Reads one attribute; lives for that long.
class WordReader {
 public:
  explicit WordReader(const WordTable& table) : table_(table) {}

  uint32_t Read(absl::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (!IsLetter(c)) {
        EndWord();
        if (c == ' ' || c == '\t' || c == '\n') EndName();
        continue;
      }
      if (IsUpper(c) && i > 0 && IsLetter(text[i - 1]) &&
          !IsUpper(text[i - 1])) {
        EndWord();
      }
      AddLetter(IsUpper(c) ? static_cast<char>(c | 0x20) : c);
    }
    EndWord();
    return found_;
  }

 private:
  void AddLetter(char c) {
    before_last_ = one_;
    last_ = c;
    one_ = Hash(one_, c);
    two_ = Hash(two_, c);
    three_ = Hash(three_, c);
    ++letters_;
  }

  void EndWord() {
    if (letters_ == 0) return;
    uint32_t bits = table_.Find(one_);
    if (bits == 0 && last_ == 's') bits = table_.Find(before_last_);
    // Alone, "no" and "with" change what follows, not what they are.
    const bool before = (bits & kBefore) != 0;
    if (words_ > 0) bits |= table_.Find(two_);
    if (words_ > 1) bits |= table_.Find(three_);
    constexpr uint32_t kTaken = kClassUnlikely | kClassNegative | kClassJunk;
    found_ |= (after_before_ ? bits & ~kTaken : bits) & ~kBefore;
    after_before_ = before;
    three_ = two_;
    two_ = one_;
    one_ = kHashStart;
    letters_ = 0;
    ++words_;
  }

  void EndName() {
    words_ = 0;
    after_before_ = false;
    two_ = three_ = kHashStart;
  }

  const WordTable& table_;
  uint32_t found_ = 0;
  uint64_t one_ = kHashStart;    // of this word
  uint64_t two_ = kHashStart;    // with the one before
  uint64_t three_ = kHashStart;  // with the two before
  uint64_t before_last_ = kHashStart;
  char last_ = '\0';
  int letters_ = 0;
  int words_ = 0;  // of this name, before this one
  bool after_before_ = false;
};

}  // namespace

uint32_t FindClassWords(absl::string_view class_or_id) {
  if (class_or_id.empty()) return 0;
  static const WordTable& table = *new WordTable;
  return WordReader(table).Read(class_or_id);
}

}  // namespace wiredesk
