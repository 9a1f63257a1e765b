#include "stages/tag/names/given_forms.h"

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// A given name and its short forms.
constexpr absl::string_view kGivenForms[] = {"Abraham Abe",
                                             "Albert Al",
                                             "Alexander Alex Sandy",
                                             "Andrew Andy Drew",
                                             "Anthony Tony",
                                             "Benjamin Ben Benny",
                                             "Bernard Bernie",
                                             "Bradley Brad",
                                             "Calvin Cal",
                                             "Catherine Cathy Kate",
                                             "Charles Chuck Charlie",
                                             "Christine Chris",
                                             "Christopher Chris",
                                             "Clifford Cliff",
                                             "Daniel Dan Danny",
                                             "David Dave",
                                             "Deborah Debbie Deb",
                                             "Donald Don Donnie",
                                             "Douglas Doug",
                                             "Edward Ed Eddie Ted",
                                             "Elizabeth Liz Beth Betsy",
                                             "Eugene Gene",
                                             "Frederick Fred",
                                             "Gerald Gerry Jerry",
                                             "Gregory Greg",
                                             "Harold Hal Harry",
                                             "James Jim Jimmy",
                                             "Jacqueline Jackie",
                                             "Jeffrey Jeff",
                                             "Jennifer Jen Jenny",
                                             "Jonathan Jon",
                                             "Joseph Joe",
                                             "Joshua Josh",
                                             "Katherine Kathy Kate",
                                             "Kenneth Ken Kenny",
                                             "Lawrence Larry",
                                             "Leonard Leo Len",
                                             "Louis Lou",
                                             "Margaret Maggie Peggy Meg",
                                             "Matthew Matt",
                                             "Michael Mike Mick",
                                             "Michelle Shelly",
                                             "Mitchell Mitch",
                                             "Nathaniel Nate",
                                             "Nicholas Nick",
                                             "Pamela Pam",
                                             "Patricia Pat Patty Patti",
                                             "Patrick Pat",
                                             "Peter Pete",
                                             "Philip Phil",
                                             "Rebecca Becky",
                                             "Richard Dick Rick Rich",
                                             "Robert Bob Rob Bobby",
                                             "Rodney Rod",
                                             "Ronald Ron",
                                             "Rudolph Rudy",
                                             "Samuel Sam",
                                             "Stephen Steve",
                                             "Steven Steve",
                                             "Susan Sue",
                                             "Theodore Ted",
                                             "Thomas Tom Tommy",
                                             "Timothy Tim",
                                             "Victoria Vicky",
                                             "Vincent Vince",
                                             "Walter Walt",
                                             "William Bill Will Billy",
                                             "Zachary Zach"};

struct GivenForms {
  // Rows in which a name stands.
  absl::flat_hash_map<uint64_t, std::vector<uint16_t>> rows;
  std::vector<std::vector<uint64_t>> names;  // hashes, the full one first
};

const GivenForms& Forms() {
  static const GivenForms* const forms = [] {
    auto* made = new GivenForms();
    for (const absl::string_view row : kGivenForms) {
      std::vector<uint64_t>& names = made->names.emplace_back();
      for (const absl::string_view name : absl::StrSplit(row, ' ')) {
        names.push_back(HashWord(name));
        made->rows[names.back()].push_back(
            static_cast<uint16_t>(made->names.size() - 1));
      }
    }
    return made;
  }();
  return *forms;
}

}  // namespace

uint64_t CanonicalGiven(uint64_t given) {
  const auto found = Forms().rows.find(given);
  return found == Forms().rows.end() || found->second.size() != 1
             ? given
             : Forms().names[found->second.front()].front();
}

void ForEachGivenForm(uint64_t given, absl::FunctionRef<void(uint64_t)> call) {
  const auto found = Forms().rows.find(given);
  if (found == Forms().rows.end()) return;
  for (const uint16_t row : found->second) {
    for (const uint64_t form : Forms().names[row]) call(form);
  }
}

}  // namespace wiredesk
