# Writes a C++ source that holds the files of a folder: PageFiles() of
# pipeline/desk/page_files.h. The assembler takes them in as they are.
# Usage: cmake -D FOLDER=... -D OUTPUT=... -P embed.cmake
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(arrays "")
set(rows "")
set(number 0)
foreach(name ${files})
  string(APPEND arrays "asm(\".section .rodata\\n\"
    \"wiredesk_page_${number}: .incbin \\\"${FOLDER}/${name}\\\"\\n\"
    \"wiredesk_page_${number}_end: .byte 0\\n\"
    \".previous\\n\");
extern \"C\" const char wiredesk_page_${number}[];
extern \"C\" const char wiredesk_page_${number}_end[];
")
  string(APPEND rows "      Page(\"${name}\", wiredesk_page_${number}, wiredesk_page_${number}_end),\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "// Made by deploy/embed.cmake.
#include \"pipeline/desk/page_files.h\"

${arrays}
namespace wiredesk {
namespace {

PageFile Page(absl::string_view name, const char* begin, const char* end) {
  return {name, {begin, static_cast<size_t>(end - begin)}};
}

}  // namespace

absl::Span<const PageFile> PageFiles() {
  static const PageFile kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace wiredesk
")
