# Writes the commit of SOURCE to OUTPUT, a C++ file, unless it holds it already.
# COMMIT is taken where it is given; "unknown" where there is no .git.
if(NOT COMMIT)
  execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(failed)
    set(COMMIT unknown)
  endif()
endif()
set(text "extern const char kWiredeskCommit[];\nconst char kWiredeskCommit[] = \"${COMMIT}\";\n")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT text STREQUAL before)
  file(WRITE ${OUTPUT} "${text}")
endif()
