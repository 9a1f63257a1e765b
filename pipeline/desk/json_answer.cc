#include "pipeline/desk/json_answer.h"

#include <utility>

#include "pipeline/record/json_text.h"

namespace wiredesk {

HttpResponse JsonAnswer(std::string body, int status) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = std::move(body);
  response.headers = {{"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  return response;
}

HttpResponse JsonRefusal(int status, absl::string_view why) {
  std::string body = "{\"error\":";
  AppendJsonBytes(why, body);
  body += "}\n";
  return JsonAnswer(std::move(body), status);
}

}  // namespace wiredesk
