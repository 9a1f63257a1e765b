#include "config/data_path.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {

namespace fs = std::filesystem;

std::vector<std::string> DataFolders() {
  std::vector<std::string> folders;
  if (const char* data = std::getenv("WIREDESK_DATA"); data != nullptr) {
    folders.emplace_back(data);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path folder = program.parent_path();
    folders.push_back(folder.string());
    folders.push_back((folder / "config").string());
    folders.push_back((folder.parent_path() / "share/wiredesk").string());
  }
  folders.emplace_back(WIREDESK_SOURCE_DIR "/config");
  return folders;
}

absl::StatusOr<std::string> FindData(absl::string_view name) {
  const std::vector<std::string> folders = DataFolders();
  for (const std::string& folder : folders) {
    const fs::path path = fs::path(folder) / std::string(name);
    std::error_code error;
    if (fs::exists(path, error)) return path.string();
  }
  return absl::NotFoundError(absl::StrCat(
      "the data file ", name, " is in none of ", absl::StrJoin(folders, ", "),
      "; set WIREDESK_DATA to the folder that holds it"));
}

}  // namespace wiredesk
