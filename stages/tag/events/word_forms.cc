// Tested by event_tables_test.cc.

#include "stages/tag/events/word_forms.h"

#include <array>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

bool IsVowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// "city", but not "boy".
bool EndsInConsonantY(absl::string_view word) {
  return word.size() > 1 && word.back() == 'y' &&
         !IsVowel(word[word.size() - 2]);
}

bool TakesEs(absl::string_view word) {
  return absl::EndsWith(word, "s") || absl::EndsWith(word, "x") ||
         absl::EndsWith(word, "z") || absl::EndsWith(word, "ch") ||
         absl::EndsWith(word, "sh");
}

// Verbs of more than one syllable whose last consonant is doubled, too.
bool HasStressedEnd(absl::string_view verb) {
  static constexpr std::array<absl::string_view, 20> kVerbs = {
      "admit", "commit", "permit",  "submit", "transmit", "expel",  "compel",
      "rebel", "repel",  "control", "patrol", "occur",    "confer", "defer",
      "refer", "regret", "kidnap",  "equip",  "acquit",   "deter"};
  for (const absl::string_view one : kVerbs) {
    if (one == verb) return true;
  }
  return false;
}

// "stop" gives "stopp".
bool DoublesLast(absl::string_view verb) {
  if (verb.size() < 3) return false;
  const char last = verb.back();
  const char middle = verb[verb.size() - 2];
  if (IsVowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  if (!IsVowel(middle) || IsVowel(verb[verb.size() - 3])) return false;
  int vowels = 0;
  for (const char c : verb) vowels += IsVowel(c) ? 1 : 0;
  return vowels == 1 || HasStressedEnd(verb);
}

}  // namespace

VerbForms RegularVerbForms(absl::string_view verb) {
  VerbForms forms;
  const absl::string_view stem = verb.substr(0, verb.size() - 1);
  if (EndsInConsonantY(verb)) {
    forms.third = absl::StrCat(stem, "ies");
    forms.past = absl::StrCat(stem, "ied");
    forms.ing = absl::StrCat(verb, "ing");
  } else if (verb.back() == 'e') {
    forms.third = absl::StrCat(verb, "s");
    forms.past = absl::StrCat(verb, "d");
    forms.ing = absl::EndsWith(verb, "ee") ? absl::StrCat(verb, "ing")
                                           : absl::StrCat(stem, "ing");
  } else {
    const std::string base =
        DoublesLast(verb) ? absl::StrCat(verb, verb.substr(verb.size() - 1))
                          : std::string(verb);
    forms.third = absl::StrCat(verb, TakesEs(verb) ? "es" : "s");
    forms.past = absl::StrCat(base, "ed");
    forms.ing = absl::StrCat(base, "ing");
  }
  forms.participle = forms.past;
  return forms;
}

std::string PluralOf(absl::string_view noun) {
  if (absl::EndsWith(noun, "man")) {
    return absl::StrCat(noun.substr(0, noun.size() - 3), "men");
  }
  if (EndsInConsonantY(noun)) {
    return absl::StrCat(noun.substr(0, noun.size() - 1), "ies");
  }
  return absl::StrCat(noun, TakesEs(noun) ? "es" : "s");
}

}  // namespace wiredesk
