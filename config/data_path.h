// Where the data that is shipped with the program lies: gazetteer, term sets,
// sample feed.

#ifndef WIREDESK_CONFIG_DATA_PATH_H_
#define WIREDESK_CONFIG_DATA_PATH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

// The folders that are searched, in order: $WIREDESK_DATA; the folder of the
// program, and its config/; ../share/wiredesk next to it; the config/ of the
// sources that it was built from.
std::vector<std::string> DataFolders();

// The first of these that holds `name`, such as "sample/feed.ndjson".
// NotFound names all places that were tried.
absl::StatusOr<std::string> FindData(absl::string_view name);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_DATA_PATH_H_
