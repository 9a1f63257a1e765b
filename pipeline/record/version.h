#ifndef WIREDESK_PIPELINE_RECORD_VERSION_H_
#define WIREDESK_PIPELINE_RECORD_VERSION_H_

namespace wiredesk {

// Of the program; CMakeLists.txt defines it. Each record carries it.
inline constexpr char kVersion[] = WIREDESK_VERSION;

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_VERSION_H_
