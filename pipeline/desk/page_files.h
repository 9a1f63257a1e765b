// The files of the page, compiled in: pipeline/desk/page/, by deploy/embed.cmake.

#ifndef WIREDESK_PIPELINE_DESK_PAGE_FILES_H_
#define WIREDESK_PIPELINE_DESK_PAGE_FILES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

struct PageFile {
  absl::string_view name;  // "desk.css"
  absl::string_view bytes;
};

absl::Span<const PageFile> PageFiles();

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_PAGE_FILES_H_
