// The functions of the language: those of CEL, and three that a news desk
// needs: near(), within_km() and in_list().

#ifndef WIREDESK_STAGES_ROUTE_CEL_FUNCTIONS_H_
#define WIREDESK_STAGES_ROUTE_CEL_FUNCTIONS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "re2/re2.h"
#include "stages/route/cel/arena.h"
#include "stages/route/cel/value.h"
#include "stages/text/proximity.h"
#include "stages/text/words.h"

namespace wiredesk {

enum class CelFunction : uint8_t {
  kSize,
  kStartsWith,
  kEndsWith,
  kContains,
  kMatches,
  kLowerAscii,
  kUpperAscii,
  kToInt,
  kToUint,
  kToDouble,
  kToString,
  kToBytes,
  kToBool,
  kToTimestamp,
  kToDuration,
  kType,
  kDyn,
  kTimePart,
  kNear,
  kWithinKm,
  kInList
};

inline constexpr size_t kCelArgsMax = 4;

// One way to call a function. For members the receiver is the first parameter.
struct CelOverload {
  absl::string_view name;
  CelFunction function;
  bool member = false;  // x.f(), and
  bool global = false;  // f(x)
  CelKind result = CelKind::kDyn;
  size_t size = 0;
  CelKind params[kCelArgsMax] = {};
};

absl::Span<const CelOverload> CelOverloads();

// A list of names from a file: of entities, of domains, of keywords.
using CelNameList = absl::flat_hash_set<std::string>;

// What is worked out once, when a call is compiled: arguments that are
// constants, made ready.
struct CelBound {
  std::unique_ptr<RE2> regex;
  std::optional<absl::TimeZone> zone;
  std::shared_ptr<const CelNameList> names;
  std::optional<NearPattern> near;
  int time_part = 0;  // CelTimePart
  const CelField* latitude = nullptr;
  const CelField* longitude = nullptr;
};

// A text of the record whose words are known.
struct CelWordsOf {
  absl::string_view text;
  absl::Span<const Word> words;
};

// What a call may use besides its arguments.
struct CelCallContext {
  CelArena* arena;
  absl::Span<const CelWordsOf> known_words;
  WordSplitter* splitter;
  std::vector<Word>* words;  // scratch memory
};

// Arguments without an error among them. `bound` may lack what was not a
// constant.
CelValue CelCall(CelFunction function, absl::Span<const CelValue> args,
                 const CelBound& bound, const CelCallContext& context);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_FUNCTIONS_H_
