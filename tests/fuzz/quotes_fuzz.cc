// Any bytes: quotations, speakers known and unknown, and threats lie in the text.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "stages/tag/marks/text_spots.h"
#include "stages/tag/names/threats.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/tag/quotes/unknown_speakers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<wiredesk::Word> words;
  wiredesk::SplitWords(text, words);
  std::vector<wiredesk::SpeakerMention> mentions;
  for (size_t i = 0; i < words.size(); i += 5) {
    wiredesk::SpeakerMention mention;
    mention.begin = words[i].begin;
    mention.end = words[i].begin + words[i].length;
    mention.entity = static_cast<int32_t>(i);
    mention.is_person = i % 2 == 0;
    mentions.push_back(mention);
  }
  std::vector<wiredesk::FoundQuote> quotes;
  wiredesk::TextSpots spots;
  wiredesk::FindSpots(text, words, spots);
  wiredesk::FindQuotes(text, words, spots, mentions, "en", quotes);
  for (const wiredesk::FoundQuote& quote : quotes) {
    for (const wiredesk::Mention& at :
         {quote.quote.mention,
          quote.quote.speaker_mention.value_or(quote.quote.mention)}) {
      if (at.begin >= at.end || at.end > size) std::abort();
    }
  }
  std::vector<wiredesk::UnknownSpeaker> speakers;
  wiredesk::FindUnknownSpeakers(text, words, {}, 1000, quotes, speakers);
  for (const wiredesk::UnknownSpeaker& speaker : speakers) {
    if (speaker.mentions.empty()) std::abort();
    for (const wiredesk::Mention& at : speaker.mentions) {
      if (at.begin >= at.end || at.end > size) std::abort();
    }
  }
  wiredesk::NameInput input;
  input.body = text;
  input.body_words = words;
  wiredesk::ThreatNames threats;
  for (const wiredesk::FoundName& name : threats.Refine(input, {})) {
    for (const wiredesk::Mention& span : name.spans) {
      if (span.begin >= span.end || span.end > size) std::abort();
    }
  }
  return 0;
}
