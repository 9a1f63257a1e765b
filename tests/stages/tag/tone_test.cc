#include "stages/tag/tone/tone.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

std::shared_ptr<const ToneLexicon> Lexicon() {
  auto lexicon = ToneLexicon::Parse("tone.tsv",
                                    "# a comment\n"
                                    "negation\tnot never\n"
                                    "stronger\tvery\n"
                                    "weaker\tslightly\n"
                                    "unreal\tif would\n"
                                    "word\tsplendid\t0.8\n"
                                    "word\tdreadful\t-0.8\n");
  EXPECT_TRUE(lexicon.ok()) << lexicon.status();
  return *lexicon;
}

// Two people are known: Ann and Bob.
class Text {
 public:
  explicit Text(std::string body) : body_(std::move(body)) {
    SplitWords(body_, words_);
    for (const char* name : {"Ann", "Bob"}) {
      std::vector<Mention>& at = mentions_[entities_.size()];
      for (size_t i = body_.find(name); i != std::string::npos;
           i = body_.find(name, i + 1)) {
        at.push_back({Field::kBody, static_cast<uint32_t>(i),
                      static_cast<uint32_t>(i + 3)});
      }
      Entity& entity = entities_.emplace_back();
      entity.id = name;
      entity.mentions = at;
    }
  }

  std::optional<Tone> Read() {
    ToneInput input;
    input.body = body_;
    input.body_words = words_;
    input.entities = entities_;
    input.quotes = quotes_;
    const std::optional<Tone> tone = reader_.Read(input);
    ann_ = reader_.entities()[0];
    bob_ = reader_.entities()[1];
    return tone;
  }
  double Score() { return Read().value_or(Tone()).score; }
  void Quote(const char* said, const char* speaker) {
    wiredesk::Quote& quote = quotes_.emplace_back();
    const auto begin = static_cast<uint32_t>(body_.find(said));
    quote.mention = {Field::kBody, begin,
                     begin + static_cast<uint32_t>(std::string(said).size())};
    quote.speaker_entity = speaker;
  }
  std::optional<double> ann() const { return ann_; }
  std::optional<double> bob() const { return bob_; }

 private:
  std::string body_;
  std::vector<Word> words_;
  std::vector<Mention> mentions_[2];
  std::vector<Entity> entities_;
  std::vector<wiredesk::Quote> quotes_;
  ToneReader reader_ = ToneReader(Lexicon());
  std::optional<double> ann_;
  std::optional<double> bob_;
};

TEST(Tone, NothingIsSaidWithoutSuchWords) {
  EXPECT_FALSE(Text("Ann went to the market.").Read().has_value());
}

TEST(Tone, GoodAndBad) {
  EXPECT_GT(Text("A splendid day.").Score(), 0);
  EXPECT_LT(Text("A dreadful day.").Score(), 0);
  EXPECT_EQ(Text("A splendid and dreadful day.").Score(), 0);
}

TEST(Tone, WordsBeforeCount) {
  const double plain = Text("It was splendid.").Score();
  EXPECT_LT(Text("It was not splendid.").Score(), 0);
  EXPECT_GT(Text("It was very splendid.").Score(), plain);
  EXPECT_LT(Text("It was slightly splendid.").Score(), plain);
  EXPECT_LT(Text("If it was splendid, he did not see it.").Score(), plain);
  // A negation ends with its sentence, and does not reach far.
  EXPECT_EQ(Text("He did not. Splendid it was.").Score(), plain);
  EXPECT_EQ(Text("Not that he or they saw it, splendid.").Score(), plain);
}

TEST(Tone, OfThoseWhoAreNamed) {
  Text text("Ann did a splendid job. Bob was dreadful.");
  text.Read();
  EXPECT_GT(text.ann().value(), 0);
  EXPECT_LT(text.bob().value(), 0);
  Text silent("A splendid day. Ann came.");
  silent.Read();
  EXPECT_FALSE(silent.ann().has_value());
}

TEST(Tone, WhoSpeaksIsNotSpokenOf) {
  Text text("\"Bob is dreadful\", said Ann.");
  text.Quote("Bob is dreadful", "Ann");
  text.Read();
  EXPECT_FALSE(text.ann().has_value());
  EXPECT_LT(text.bob().value(), 0);
}

TEST(Tone, AWrongLineIsNamed) {
  for (const auto& [content, message] :
       std::vector<std::pair<const char*, const char*>>{
           {"word\tgood", "t.tsv:1: a word has three cells"},
           {"\nword\tgood\t3", "t.tsv:2: a word has three cells"},
           {"word\tgood\tnan", "a word has three cells"},
           {"words\tgood", "\"words\" is not a kind of line"}}) {
    const auto lexicon = ToneLexicon::Parse("t.tsv", content);
    EXPECT_FALSE(lexicon.ok()) << content;
    EXPECT_THAT(std::string(lexicon.status().message()), HasSubstr(message));
  }
}

}  // namespace
}  // namespace wiredesk
