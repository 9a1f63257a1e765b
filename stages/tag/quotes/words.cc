#include "stages/tag/quotes/words.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/tag/marks/word_map.h"

namespace wiredesk {
namespace {

void Add(WordMap<CueWord>& map, CueClass kind, absl::string_view list,
         Gender gender = Gender::kUnknown) {
  for (const absl::string_view word :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    map[HashWord(word)] = {kind, gender, false};
  }
}

void AddVerbs(WordMap<CueWord>& map) {
  Add(map, CueClass::kVerb,
      "said says say told tells tell added adds stated states asked asks ask "
      "explained explains announced announces declared declares claimed claims "
      "warned warns argued argues insisted insists wrote writes tweeted tweets "
      "noted notes continued continues replied replies responded responds "
      "answered answers quipped joked jokes concluded concludes acknowledged "
      "acknowledges admitted admits agreed agrees recalled recalls remarked "
      "remarks commented comments suggested suggests emphasized emphasised "
      "emphasizes stressed stresses predicted predicts promised promises vowed "
      "vows complained complains lamented laments observed observes mused "
      "muses testified testifies confirmed confirms denied denies read reads "
      "shouted shouts yelled yells screamed screams exclaimed exclaims "
      "asserted asserts alleged alleges boasted boasts bragged charged charges "
      "countered counters pleaded pleads pledged pledges proclaimed proclaims "
      "questioned quoted reiterated reiterates repeated repeats reported "
      "reports thought thinks believes believed urged urges posted accused "
      "accuses described describes called calls elaborated mentioned mentions "
      "revealed reveals cited cites cautioned cautions proposed demanded "
      "demands began begins chanted chants shot fired retorted retorts "
      "interjected interrupted pressed chimed gushed fumed opined opines "
      "deadpanned assured assures reflected recounted recounts joined "
      "summarized conceded concedes contended contends cried whispered "
      "muttered sighed growled snapped thundered intoned bellowed hollered "
      "thanked thanks welcomed welcomes attacked ridiculed mocked derided "
      "characterized characterizes characterised echoed echoes expressed "
      "expresses referred refers lambasted rebuked scolded chided tells "
      "texted emailed penned typed drawled barked snarled groaned mumbled "
      "murmured stammered chuckled laughed snorted scoffed sneered cheered "
      "roared ranted protested objected interposed volunteered ventured "
      "offered confided confessed disclosed divulged clarified specified "
      "elaborates ended say ask tell call argue warn claim insist add write "
      "note point points pointed put puts reacted reacts hoped hopes "
      "advised advises criticized criticised blasted slammed "
      "dismissed labeled labelled termed branded denounced condemned praised "
      "hailed lauded counseled implored begged instructed "
      "ordered recommended recommends sang wondered wonders "
      "sagte sagt erklarte betonte meinte teilte schrieb dit declare "
      "explique affirme ajoute assure dijo afirmo aseguro explico senalo "
      "anadio declaro ha detto dice spiega aggiunto afirmou disse explicou "
      "zei zegt aldus");
  Add(map, CueClass::kParticiple,
      "saying telling adding stating asking explaining declaring claiming "
      "warning arguing insisting writing tweeting noting calling describing "
      "urging accusing quoting shouting yelling screaming chanting joking "
      "promising vowing pledging boasting bragging predicting suggesting "
      "complaining lamenting asserting alleging proclaiming concluding "
      "explaining responding replying citing labeling labelling "
      "dubbing branding denouncing blasting praising remarking commenting "
      "ending reading referring welcoming thanking praising echoing pointing "
      "asserting testifying tweeting posting texting emailing confirming "
      "denying admitting acknowledging conceding recalling remembering "
      "observing stressing emphasizing emphasising cautioning interjecting");
  Add(map, CueClass::kAccording, "according");
  Add(map, CueClass::kNaming,
      "titled entitled dubbed named nicknamed known headlined captioned title "
      "song film movie book so term word words phrase name nickname alias "
      "moniker handle pseudonym");
}

void AddNouns(WordMap<CueWord>& map) {
  Add(map, CueClass::kPronoun, "he er il lui ele hij", Gender::kMale);
  Add(map, CueClass::kPronoun, "she elle ella lei ela", Gender::kFemale);
  Add(map, CueClass::kPronoun, "they who i we it you");
  Add(map, CueClass::kTitle,
      "president minister chancellor spokesman spokeswoman spokesperson "
      "official officials officer chief director secretary senator governor "
      "mayor congressman congresswoman representative leader chairman "
      "chairwoman analyst professor judge justice lawyer attorney "
      "ambassador general commander candidate nominee billionaire campaign "
      "statement report police company agency ministry expert experts "
      "author reporter host journalist democrat republican critics man "
      "woman mother father researcher scientist doctor executive ceo chair "
      "aide aides chief chiefs head coach fellow expert nurse deputy ally "
      "allies source sources officials consultant consultants resident "
      "residents student students assistant agent agents official resident "
      "father mothers fathers brother sister son daughter wife husband uncle "
      "aunt niece nephew cousin widow friend friends neighbor neighbour boss "
      "bosses police prosecutor prosecutors supporters protesters voters "
      "lawmakers leaders aides analysts economists sheriff captain colonel "
      "sergeant lieutenant major admiral detective inspector superintendent "
      "rabbi priest pastor bishop archbishop cardinal pope imam prince "
      "princess king queen premier envoy delegate magistrate counsel "
      "staffers staffer witness witnesses victim victims employee employees "
      "guru star veteran alderman councilman councilwoman councillor "
      "councilor treasurer comptroller solicitor commissioner principal "
      "provost dean vice");
  Add(map, CueClass::kAbbreviation,
      "sen rep mr mrs ms dr gen gov rev prof sgt capt col lt maj cmdr adm hon "
      "st pres sec atty del supt det insp cpl pvt messrs sens reps govs revs "
      "drs fr sr br pfc brig cdr ens msgr asst dep dist ofc tres rt amb");
  Add(map, CueClass::kDay,
      "monday tuesday wednesday thursday friday saturday sunday yesterday "
      "today tonight tomorrow january february march april june july august "
      "september october november december earlier afterward afterwards "
      "repeatedly later morning afternoon evening night");
  Add(map, CueClass::kDeterminer,
      "the a an this that these those his her their its our my one another "
      "some several many most two three four five dozens hundreds thousands "
      "each both no every any all el der das ein eine il un una "
      "une het een seine ihre sa ses su sus");
  Add(map, CueClass::kPreposition,
      "of for from in at with by on to about against than near into as over "
      "after before during under through between among inside outside "
      "de del di da do dos das della dello von van zu im dem den");
}

// Endings of roles, and words with such an ending that are none.
constexpr absl::string_view kRoleEndings[] = {
    "ist", "er", "or", "man", "men", "ian", "woman", "women", "person", "eer"};
constexpr absl::string_view kNoRoles[] = {
    "after",   "another",  "other",    "under",    "over",     "never",
    "ever",    "either",   "whether",  "rather",   "together", "however",
    "former",  "senior",   "junior",   "major",    "minor",    "prior",
    "longer",  "higher",   "lower",    "earlier",  "during",   "later",
    "number",  "order",    "power",    "paper",    "letter",   "matter",
    "center",  "water",    "weather",  "winter",   "summer",   "color",
    "labor",   "error",    "terror",   "floor",    "door",     "tower",
    "river",   "border",   "murder",   "computer", "danger",   "anger",
    "quarter", "chapter",  "shelter",  "dinner",   "answer",   "offer",
    "favor",   "honor",    "sector",   "factor",   "tenor",    "newspaper",
    "corner",  "layer",    "chamber",  "whatever", "wherever", "whoever",
    "human",   "twitter",  "register", "per",      "for",      "her",
    "or",      "nor",      "list",     "exist",    "assist",   "insist",
    "persist", "consist",  "twist",    "best",     "her",      "better",
    "greater", "larger",   "smaller",  "older",    "younger",  "newer",
    "popular", "consider", "remember", "deliver",  "discover", "enter",
    "bigger",  "closer",   "further",  "inner",    "outer",    "upper",
    "super",   "poster",   "banner",   "counter",  "disorder", "laser"};

// Verbs that are nouns, too, and words before a name that leave no doubt.
void MarkNouns(WordMap<CueWord>& map) {
  for (const absl::string_view word : absl::StrSplit(
           "titled entitled dubbed named nicknamed title name nickname alias "
           "moniker handle pseudonym song film movie book states claims "
           "reports notes calls demands chants promises charges "
           "answers remarks comments points shouts screams cries jokes vows "
           "stresses questions posts pledges quotes replies offers cautions "
           "cites counters joins hopes echoes praises shot fired report claim "
           "call note point state warning reading meaning write charge demand "
           "answer writing thought cry hope comment promise tweets tweet "
           "writings warnings add say put puts read reads set express objects",
           ' ')) {
    map[HashWord(word)].noun = true;
  }
}

const WordMap<CueWord>& Table() {
  static const auto* const table = [] {
    auto* map = new WordMap<CueWord>();
    AddVerbs(*map);
    AddNouns(*map);
    Add(*map, CueClass::kAdverb,
        "also then later now once again already further still even has had "
        "have was been being is are just often first never always soon "
        "recently then does did will would");
    Add(*map, CueClass::kClause,
        "and but or that which when while because if where since so though "
        "although whether whom whose");
    MarkNouns(*map);
    return map;
  }();
  return *table;
}

}  // namespace

CueWord CueOf(uint64_t hash) {
  const CueWord* const word = Table().FindLikely(hash);
  return word == nullptr ? CueWord() : *word;
}

bool EndsLikeRole(absl::string_view word) {
  const absl::string_view one = absl::StripSuffix(word, "s");
  if (one.size() < 5) return false;
  const auto ends = [one](absl::string_view end) {
    return absl::EndsWith(one, end);
  };
  return std::any_of(std::begin(kRoleEndings), std::end(kRoleEndings), ends) &&
         std::find(std::begin(kNoRoles), std::end(kNoRoles), one) ==
             std::end(kNoRoles);
}

void MarkCueWords(WordMarker& marker) {
  Table().ForEachKey([&marker](uint64_t hash, const CueWord& /*word*/) {
    marker.Add(hash, kWordNoCue);
  });
}

}  // namespace wiredesk
