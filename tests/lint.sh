#!/bin/sh
# Style and lint with the versions of Debian 12, where they are installed:
# clang-format and the names of rooms over the whole tree, clang-tidy over files or
# the whole tree.
# Usage: tests/lint.sh --format        the format alone, some seconds
#        tests/lint.sh [FILE.cc ...]   and clang-tidy; without files over all,
#                                      which takes most of an hour
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
status=0
if command -v clang-format-14 >/dev/null; then
  find config pipeline stages tests -name '*.cc' -o -name '*.h' |
    xargs grep -L '^// Generated' | xargs clang-format-14 --dry-run -Werror || status=1
else
  echo "the format was not checked: clang-format-14 is not installed" \
    "(deploy/install_packages.sh test-12; only Debian 12 has it)"
  [ "$(. /etc/os-release && echo "${VERSION_ID:-}")" != 12 ] || status=1
fi
"$root/tests/tidy/room_names.py" || status=1
if [ "${1:-}" = --format ]; then exit $status; fi
if ! command -v clang-tidy-14 >/dev/null; then
  echo "clang-tidy-14 is not installed" >&2
  exit 1
fi
build="$root/build/release"
if [ ! -f "$build/compile_commands.json" ]; then
  cmake --preset release >/dev/null
fi
if [ $# = 0 ]; then
  # Fuzz targets stand in no compile_commands.json of g++.
  set -- $(find config pipeline stages tests -name '*.cc' ! -path '*/fuzz/*' | sort)
fi
printf '%s\n' "$@" |
  xargs -n 1 -P "$(nproc)" clang-tidy-14 -p "$build" --quiet 2>/dev/null || status=1
exit $status
