#include "pipeline/record/record_writer.h"

#include <cstring>

namespace wiredesk {
namespace {

// A literal's bytes; its length is known when this is compiled.
template <size_t kSize>
char* WriteLiteral(const char (&literal)[kSize], char* out) {
  std::memcpy(out, literal, kSize - 1);
  return out + kSize - 1;
}

}  // namespace

// Half of a record's pieces are of mentions, so this reserves once for each. A
// test compares it with a walk over the table.
void RecordWriter::SpanMembers(char before, const wiredesk::Mention& mention) {
  constexpr size_t kFixedSize = 64 + 2 * kNumberSizeMax;
  constexpr size_t kShortMax = 1024;
  const absl::string_view own = context_.TextOf(mention);
  const bool is_short = own.size() <= kShortMax;
  char* out =
      out_.AppendBegin(kFixedSize + EscapedSizeMax(is_short ? own.size() : 0));
  *out++ = before;
  out = mention.field == wiredesk::Field::kHeadline
            ? WriteLiteral(R"("field":"headline","start":)", out)
            : WriteLiteral(R"("field":"body","start":)", out);
  out = WriteInteger(context_.CodePoints(mention.field, mention.begin), out);
  out = WriteLiteral(R"(,"end":)", out);
  out = WriteInteger(context_.CodePoints(mention.field, mention.end), out);
  out = WriteLiteral(R"(,"text":)", out);
  if (!is_short) {
    out_.EndAt(out);
    out_.PutString(own);
    return;
  }
  *out++ = '"';
  out = WriteEscaped(own, out);
  *out++ = '"';
  out_.EndAt(out);
}

}  // namespace wiredesk
