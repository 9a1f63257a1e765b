#include "pipeline/file/recording_file.h"

#include <zstd.h>

#include <cerrno>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/file/recording_line.h"

namespace wiredesk {
namespace {

constexpr int kLevel = 3;  // zstd's default: as fast as a topic is read

std::string PartialName(const std::string& path) { return path + ".partial"; }

}  // namespace

struct RecordingFile::Packer {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  std::string out = std::string(ZSTD_CStreamOutSize(), '\0');

  Packer() {
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  }
  ~Packer() { ZSTD_freeCCtx(context); }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
};

RecordingFile::RecordingFile(std::string path, std::FILE* file)
    : path_(std::move(path)),
      file_(file),
      packer_(std::make_unique<Packer>()) {}

RecordingFile::~RecordingFile() {
  if (file_ != nullptr) std::fclose(file_);
}

absl::StatusOr<std::unique_ptr<RecordingFile>> RecordingFile::Create(
    const std::string& path, const std::vector<std::string>& topics) {
  std::FILE* const file = std::fopen(PartialName(path).c_str(), "wbe");
  if (file == nullptr) {
    return absl::ErrnoToStatus(errno,
                               absl::StrCat("cannot make ", PartialName(path)));
  }
  auto recording = absl::WrapUnique(new RecordingFile(path, file));
  AppendRecordingHead(topics, recording->line_);
  recording->line_ += '\n';
  WD_RETURN_IF_ERROR(recording->Pack(recording->line_, /*end=*/false));
  return recording;
}

absl::Status RecordingFile::Append(const RawRecord& raw) {
  line_.clear();
  AppendRecordedLine(raw, line_);
  line_ += '\n';
  return Pack(line_, /*end=*/false);
}

absl::Status RecordingFile::Close() {
  WD_RETURN_IF_ERROR(Pack("", /*end=*/true));
  std::FILE* const file = std::exchange(file_, nullptr);
  if (std::fclose(file) != 0) return Error(errno);
  if (std::rename(PartialName(path_).c_str(), path_.c_str()) != 0) {
    return Error(errno);
  }
  return absl::OkStatus();
}

absl::Status RecordingFile::Pack(absl::string_view text, bool end) {
  ZSTD_inBuffer in = {text.data(), text.size(), 0};
  size_t left = 0;
  do {
    ZSTD_outBuffer out = {packer_->out.data(), packer_->out.size(), 0};
    left = ZSTD_compressStream2(packer_->context, &out, &in,
                                end ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left) != 0) {
      return absl::InternalError(
          absl::StrCat(path_, ": ", ZSTD_getErrorName(left)));
    }
    if (std::fwrite(out.dst, 1, out.pos, file_) != out.pos) {
      return Error(errno);
    }
    stored_bytes_ += static_cast<int64_t>(out.pos);
  } while (in.pos < in.size || (end && left > 0));
  return absl::OkStatus();
}

absl::Status RecordingFile::Error(int error) const {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot write ", path_));
}

}  // namespace wiredesk
