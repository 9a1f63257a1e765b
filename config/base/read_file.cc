#include "config/base/read_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "config/base/unpack.h"

namespace wiredesk {
namespace {

constexpr size_t kStep = 1 << 20;
constexpr size_t kTableBytesMax = size_t{4} << 30;

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path,
                                     size_t bytes_max) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is a folder"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(
        absl::StrCat("cannot open ", path, ": ", std::strerror(errno)));
  }
  std::string text;
  while (file && text.size() < bytes_max) {
    const size_t size = text.size();
    text.resize(std::min(bytes_max, size + kStep));
    file.read(text.data() + size,
              static_cast<std::streamsize>(text.size() - size));
    text.resize(size + static_cast<size_t>(file.gcount()));
  }
  if (file.bad()) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path));
  }
  return text;
}

absl::StatusOr<std::string> ReadPackedFile(const std::string& path) {
  WD_ASSIGN_OR_RETURN(std::string text, ReadFile(path, kTableBytesMax + 1));
  bool whole = text.size() <= kTableBytesMax;
  if (const Packing packing = PackingOf(text); packing != Packing::kNone) {
    const std::string packed = std::move(text);
    const UnpackResult result = Unpack(packed, packing, kTableBytesMax, text);
    if (result == UnpackResult::kBroken) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": does not unpack; expected whole gzip or zstd"));
    }
    whole &= result == UnpackResult::kOk;
  }
  if (!whole) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": is larger than 4 GB"));
  }
  return text;
}

}  // namespace wiredesk
