#include "stages/tag/gazetteer/compiled_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace wiredesk {

absl::Status WriteCompiledFile(const std::string& path,
                               const std::string& bytes) {
  const std::string draft = path + ".part";
  std::ofstream file(draft, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    return absl::UnavailableError(absl::StrCat(draft, ": cannot be written"));
  }
  std::error_code error;
  std::filesystem::rename(draft, path, error);
  return error
             ? absl::UnavailableError(absl::StrCat(path, ": ", error.message()))
             : absl::OkStatus();
}

}  // namespace wiredesk
