// Two records compared field by field, as their tables declare them.

#ifndef WIREDESK_PIPELINE_REPLAY_FIELD_DIFFERENCE_H_
#define WIREDESK_PIPELINE_REPLAY_FIELD_DIFFERENCE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "pipeline/record/field.h"
#include "pipeline/record/json_buffer.h"
#include "pipeline/record/message_context.h"
#include "pipeline/record/record_fields.h"
#include "pipeline/record/record_writer.h"
#include "pipeline/replay/record_label.h"

namespace wiredesk {

// A field whose JSON differs between two records.
struct FieldDifference {
  absl::string_view name;
  // As published; valid during the call that gets them.
  absl::string_view json_a;
  absl::string_view json_b;
  // Of the items of a list, else empty.
  std::vector<std::string> labels_a;
  std::vector<std::string> labels_b;
};

// Calls fn(FieldDifference) for each field of T's table that differs. The
// contexts are those of the two records; `json_a` and `json_b` are scratch.
template <typename T, typename Fn>
void ForEachDifference(const T& a, const MessageContext& context_a, const T& b,
                       const MessageContext& context_b, JsonBuffer& json_a,
                       JsonBuffer& json_b, Fn&& fn) {
  using Table = table::Of<T>;
  RecordWriter writer_a(context_a, json_a);
  RecordWriter writer_b(context_b, json_b);
  table::ForEach<Table>([&](auto index) {
    json_a.Clear();
    json_b.Clear();
    writer_a.template FieldValue<Table, index>(a);
    writer_b.template FieldValue<Table, index>(b);
    if (json_a.text() == json_b.text()) return;
    constexpr const auto& kField = table::kFieldAt<Table, index>;
    using Access = typename std::remove_cvref_t<decltype(kField)>::Access;
    FieldDifference difference{kField.name(), json_a.text(), json_b.text()};
    if constexpr (table::ReachOf<Access, T>() == table::Reach::kMember) {
      difference.labels_a = LabelsOf(table::Read(kField.access, a));
      difference.labels_b = LabelsOf(table::Read(kField.access, b));
    }
    fn(difference);
  });
}

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_FIELD_DIFFERENCE_H_
