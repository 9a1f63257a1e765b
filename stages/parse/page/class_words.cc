#include "stages/parse/page/class_words.h"

#include <array>
#include <queue>
#include <vector>

namespace wiredesk {
namespace {

struct ClassWords {
  uint32_t bit;
  absl::string_view words;  // parted by spaces
};

const ClassWords kClassWords[] = {
    {kClassUnlikely,
     "-ad- ai2html banner breadcrumb combx comment community cover-wrap disqus "
     "extra footer gdpr header legends menu related remark replies rss "
     "shoutbox sidebar skyscraper social sponsor supplemental ad-break agegate "
     "pagination pager popup yom-remote newsletter recommend most-read "
     "mostread trending paywall cookie subscribe taboola "
     "outbrain"},
    {kClassMaybe, "and article body column content main mathjax shadow"},
    {kClassPositive,
     "article body content entry hentry h-entry main page pagination post text "
     "blog story"},
    {kClassNegative,
     "-ad- hidden banner combx comment com- contact footer gdpr masthead media "
     "meta outbrain promo related scroll share shoutbox sidebar skyscraper "
     "sponsor shopping tags widget newsletter recommend taboola"},
    {kClassByline, "byline author dateline writtenby p-author"},
    {kClassShare, "share sharedaddy"},
    {kClassDate, "date publish posted timestamp time-stamp pubtime"},
    {kClassJunk,
     "taboola outbrain cookie-consent cookieconsent disqus related-articles "
     "related-posts relatedposts related-stories more-stories most-popular "
     "newsletter-signup newsletter-sign social-share share-buttons "
     "sharedaddy print-only visually-hidden sr-only screen-reader "
     "comments-area comment-list"},
    {kClassBody,
     "article-body articlebody article__body story-body storybody "
     "article-content articlecontent article__content entry-content "
     "post-content post-body post_content article-text articletext "
     "story-content content-body body-content story-text article_body"},
};

constexpr int kLetters = 29;  // a to z, '-', '_', anything else

int LetterOf(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c == '-') return 26;
  if (c == '_') return 27;
  return 28;
}

// Aho and Corasick's automaton, with every transition filled in.
class Automaton {
 public:
  Automaton() {
    states_.emplace_back();
    for (const ClassWords& group : kClassWords) {
      absl::string_view rest = group.words;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        Add(rest.substr(0, end), group.bit);
        rest.remove_prefix(std::min(rest.size(), end + 1));
      }
    }
    Link();
  }

  uint32_t Run(absl::string_view text) const {
    uint32_t found = 0;
    uint16_t state = 0;
    for (const char c : text) {
      state = states_[state].next[static_cast<size_t>(LetterOf(c))];
      found |= states_[state].found;
    }
    return found;
  }

 private:
  struct State {
    std::array<uint16_t, kLetters> next = {};
    uint16_t fallback = 0;
    uint32_t found = 0;
  };

  void Add(absl::string_view word, uint32_t bit) {
    uint16_t state = 0;
    for (const char c : word) {
      const auto letter = static_cast<size_t>(LetterOf(c));
      if (states_[state].next[letter] == 0) {
        states_[state].next[letter] = static_cast<uint16_t>(states_.size());
        states_.emplace_back();
      }
      state = states_[state].next[letter];
    }
    states_[state].found |= bit;
  }

  void Link() {
    std::queue<uint16_t> open;
    for (const uint16_t next : states_[0].next) {
      if (next != 0) open.push(next);
    }
    while (!open.empty()) {
      const uint16_t state = open.front();
      open.pop();
      const State& fallback = states_[states_[state].fallback];
      states_[state].found |= fallback.found;
      for (size_t letter = 0; letter < kLetters; ++letter) {
        uint16_t& next = states_[state].next[letter];
        if (next == 0) {
          next = fallback.next[letter];
        } else {
          states_[next].fallback = fallback.next[letter];
          open.push(next);
        }
      }
    }
  }

  std::vector<State> states_;
};

}  // namespace

uint32_t FindClassWords(absl::string_view class_or_id) {
  if (class_or_id.empty()) return 0;
  static const Automaton& automaton = *new Automaton;
  return automaton.Run(class_or_id);
}

}  // namespace wiredesk
