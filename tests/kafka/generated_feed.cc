#include "tests/kafka/generated_feed.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

namespace wiredesk {
namespace {

// How many texts back a copy may reach.
constexpr int kReach = 200;

std::string Time(int64_t seconds) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(seconds),
                          absl::UTCTimeZone());
}

std::string Body(const std::vector<std::string>& words) {
  std::string body;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size() || i % 13 == 12;
    absl::StrAppend(&body, words[i], last ? ". " : " ");
  }
  return body;
}

}  // namespace

int GeneratedFeed::Draw(int limit) {
  return static_cast<int>(random_() % static_cast<uint64_t>(limit));
}

std::string GeneratedFeed::Word() {
  constexpr const char* kSyllables[] = {
      "ba",  "ke",  "lo",  "mi",   "nu",  "ra",  "se",  "to",  "vi",  "du",
      "har", "bor", "ten", "wick", "ley", "mar", "gen", "dor", "pel", "stra"};
  std::string word;
  const int syllables = 1 + Draw(3);
  for (int i = 0; i < syllables; ++i) word += kSyllables[Draw(20)];
  return word;
}

GeneratedFeed::Text GeneratedFeed::NewText() {
  Text text;
  text.number = articles_;
  const int words = 60 + Draw(120);
  for (int i = 0; i < words; ++i) text.words.push_back(Word());
  text.headline =
      absl::StrCat("The ", Word(), " of ", Word(), " ", Word(), " ", Word());
  return text;
}

GeneratedFeed::Text GeneratedFeed::Edited(const Text& text) {
  Text edited = text;
  edited.number = articles_;
  for (int i = 0; i < 3; ++i) {
    edited.words[static_cast<size_t>(
        Draw(static_cast<int>(edited.words.size())))] = Word();
  }
  return edited;
}

std::string GeneratedFeed::Article() {
  Text text;
  int outlet = Draw(5);
  const int kind = texts_.empty() ? 99 : Draw(100);
  if (kind < 40) {
    const int reach = std::min(kReach, static_cast<int>(texts_.size()));
    const Text& old =
        texts_[texts_.size() - 1 - static_cast<size_t>(Draw(reach))];
    if (kind < 14) {  // the same text under another address
      text = old;
      text.number = articles_;
    } else if (kind < 28) {
      text = Edited(old);
    } else if (kind < 34) {  // its first part
      text = old;
      text.number = articles_;
      text.words.resize(text.words.size() * 2 / 3);
    } else {  // a new version under the old address
      text = Edited(old);
      text.number = old.number;
      outlet = old.number % 5;
    }
  } else {
    text = NewText();
    outlet = text.number % 5;
  }
  texts_.push_back(text);
  ++articles_;
  return absl::StrFormat(
      R"({"url":"https://outlet%d.example/news/%d","title":"%s",)"
      R"("content":"%s","publishedAt":"%s","rev":%d})",
      outlet, text.number, text.headline, Body(text.words), Time(time_),
      articles_);
}

GeneratedRecord GeneratedFeed::Next() {
  GeneratedRecord record;
  time_ += Draw(60);
  record.timestamp_ms = time_ * 1000;
  const int kind = Draw(100);
  if (kind < 4) {
    record.value = kind < 2 ? absl::StrCat("{\"title\": \"cut off at ", Word())
                            : absl::StrCat("\xff\xfe", Word());
    return record;
  }
  const int articles = kind < 10 ? 2 + Draw(3) : 1;
  for (int i = 0; i < articles; ++i) record.articles.push_back(Article());
  record.value = articles == 1
                     ? record.articles[0]
                     : absl::StrCat(R"({"status":"ok","articles":[)",
                                    absl::StrJoin(record.articles, ","), "]}");
  return record;
}

}  // namespace wiredesk
