// Clauses by a light parse: the subject of a verb to its left, its object and
// the prepositions to its right, through relative clauses, appositions,
// participles, coordination and reported speech.
//
// All is linear in the chunks of one sentence but for chains of verbs that
// share a subject, which are followed kInheritMax steps.

#ifndef WIREDESK_STAGES_TAG_EVENTS_CLAUSES_H_
#define WIREDESK_STAGES_TAG_EVENTS_CLAUSES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/tag/events/parties.h"
#include "stages/tag/events/sentence.h"

namespace wiredesk {

// "with the rebels": a preposition and what stands behind it.
struct Complement {
  uint8_t preposition = 0;
  NounRun run;
};

// What belongs to a verb.
struct Clause {
  size_t verb = 0;  // chunk
  NounRun subject;  // of the active; of a passive, who suffers
  NounRun object;
  std::vector<Complement> complements;
  bool infinitive = false;  // "to" and a verb follow
  bool that = false;        // a clause follows
  size_t end = 0;           // the chunk behind
  int speech = -1;          // the chunk of the verb by which it is told
  bool commitment = false;  // "X said it would": of the teller himself
  bool conditional = false;
  // What the verb that governs this one says of it: "will win by attacking",
  // "vowed to fight and attack". Bits of ChunkFlag.
  uint32_t governing = 0;
  bool elsewhen = false;  // "five years after"
  bool allowed = true;    // false where the verb is but talked of
  void Clear();
};

class ClauseReader {
 public:
  explicit ClauseReader(const Sentence& sentence) : sentence_(sentence) {}

  // Reads what belongs to the verb of chunk `verb` into `clause`.
  void Read(size_t verb, Clause& clause) const;
  // The same for what follows from chunk `from` on, after a particle.
  void ReadRight(size_t from, Clause& clause) const;
  size_t ReadComplement(size_t i, Clause& clause) const;
  // `pair` is true behind "between", where "and" surely joins.
  NounRun RunRight(size_t first, bool pair = false) const;
  NounRun RunLeft(size_t last) const;
  // The subject of the verb of chunk `verb`.
  NounRun Subject(size_t verb, int depth = 0) const;

 private:
  static constexpr int kInheritMax = 4;
  const Chunk& at(size_t i) const { return sentence_.chunks()[i]; }
  size_t size() const { return sentence_.chunks().size(); }
  bool Is(size_t i, ChunkKind kind) const {
    return i < size() && at(i).kind == kind;
  }
  bool IsFinite(size_t i) const;
  bool JoinsLeft(size_t first) const;
  NounRun BehindComma(size_t comma, size_t verb, int depth) const;
  NounRun Inherited(size_t verb, int depth) const;
  NounRun HeadOf(NounRun run) const;
  NounRun Antecedent(size_t relative) const;
  NounRun BehindSpeech(size_t speech, int depth) const;
  bool IsBaseBeside(size_t verb) const;
  uint32_t Governing(size_t verb) const;
  NounRun NextSubject(size_t verb, int depth) const;
  void ReadTelling(Clause& clause) const;
  void ReadStanding(Clause& clause) const;

  const Sentence& sentence_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_CLAUSES_H_
