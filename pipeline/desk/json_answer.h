#ifndef WIREDESK_PIPELINE_DESK_JSON_ANSWER_H_
#define WIREDESK_PIPELINE_DESK_JSON_ANSWER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/observe/http_server.h"

namespace wiredesk {

// `body` as the answer to a request of the desk.
HttpResponse JsonAnswer(std::string body, int status = 200);

// {"error": why}
HttpResponse JsonRefusal(int status, absl::string_view why);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_JSON_ANSWER_H_
