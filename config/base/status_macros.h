#ifndef WIREDESK_CONFIG_BASE_STATUS_MACROS_H_
#define WIREDESK_CONFIG_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the enclosing function when `expr`, an absl::Status, is not OK.
#define WD_RETURN_IF_ERROR(expr)                            \
  do {                                                      \
    if (absl::Status wd_status = (expr); !wd_status.ok()) { \
      return wd_status;                                     \
    }                                                       \
  } while (false)

// Declares or assigns `lhs` from `expr`, an absl::StatusOr, or returns its
// status. Expands to several statements, so it needs braces after an `if`.
#define WD_ASSIGN_OR_RETURN(lhs, expr) \
  WD_ASSIGN_OR_RETURN_IMPL_(WD_CONCAT_(wd_statusor_, __LINE__), lhs, expr)
#define WD_ASSIGN_OR_RETURN_IMPL_(tmp, lhs, expr) \
  auto tmp = (expr);                              \
  if (!tmp.ok()) return std::move(tmp).status();  \
  lhs = *std::move(tmp)
#define WD_CONCAT_(a, b) WD_CONCAT_IMPL_(a, b)
#define WD_CONCAT_IMPL_(a, b) a##b

#endif  // WIREDESK_CONFIG_BASE_STATUS_MACROS_H_
