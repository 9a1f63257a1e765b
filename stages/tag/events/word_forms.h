// The forms of English verbs and nouns, made by rule from the word that a
// dictionary would list. Tables name a word once ("attack"); what stands in a
// text ("attacked", "attacks") is found by these.

#ifndef WIREDESK_STAGES_TAG_EVENTS_WORD_FORMS_H_
#define WIREDESK_STAGES_TAG_EVENTS_WORD_FORMS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// "stop": "stops", "stopped", "stopped", "stopping". `verb` is in lower case
// and not empty. Irregular forms are not known here.
struct VerbForms {
  std::string third;
  std::string past;
  std::string participle;
  std::string ing;
};
VerbForms RegularVerbForms(absl::string_view verb);

// "army": "armies"; "soldier": "soldiers"; "spokesman": "spokesmen".
std::string PluralOf(absl::string_view noun);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_WORD_FORMS_H_
