#!/bin/sh
# The demo and the tests of what has threads, under ThreadSanitizer, in a build
# folder of their own. Not tests/simulation: its workers are fibers of one thread.
# Usage: tests/tsan.sh ABSEIL [TEST ...]
#   ABSEIL  the source of the Abseil that is installed, as the package has it
#           (`apt-get source abseil`): the sanitizer sees what absl::Mutex does
#           only if Abseil is built with it, and that with the package's
#           absl/base/options.h, since the headers of both must agree
#   TEST    programs to build and run instead of those below
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
if [ ! -f "${1:-}/absl/base/options.h" ]; then
  echo "usage: tests/tsan.sh ABSEIL [TEST ...]" >&2
  exit 2
fi
abseil=$(cd "$1" && pwd)
shift
if [ $# = 0 ]; then
  set -- pipeline_test dedupe_test golden_test
fi
build="$root/build/tsan"
built="$build/abseil"
installed=/usr/include/absl/base/options.h
if [ -f $installed ] && ! cmp -s $installed "$abseil/absl/base/options.h"; then
  echo "tests/tsan.sh: $abseil has other options than $installed" >&2
  exit 2
fi
if [ ! -f "$built/lib/cmake/absl/abslConfig.cmake" ]; then
  cmake -S "$abseil" -B "$build/abseil-build" -G Ninja -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_CXX_FLAGS='-fsanitize=thread -O1 -g1' -DCMAKE_CXX_STANDARD=20 \
    -DBUILD_TESTING=OFF -DCMAKE_INSTALL_LIBDIR=lib \
    -DCMAKE_INSTALL_PREFIX="$built" >/dev/null
  ninja -C "$build/abseil-build" install >/dev/null
fi
cd "$root"
cmake --preset tsan -DCMAKE_PREFIX_PATH="$built" >/dev/null
ninja -C "$build" wiredesk "$@"
export TSAN_OPTIONS="suppressions=$root/tests/tsan_suppressions.txt ${TSAN_OPTIONS:-}"
status=0
"$build/wiredesk" demo --rate 0 >/dev/null || status=1
for test in "$@"; do
  "$build/$test" || status=1
done
if [ $status = 0 ]; then echo "=== no races"; else echo "=== FAILED"; fi
exit $status
