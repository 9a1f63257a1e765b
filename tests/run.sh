#!/bin/sh
# Everything: installs what is missing, builds, runs all tests.
# Usage: tests/run.sh [--no-kafka] [--no-fuzz] [--asan]
#   --no-kafka  leave out the tests on a real Apache Kafka
#   --no-fuzz   leave out the minute of fuzzing, which is built with clang
#   --asan      with AddressSanitizer and UBSan, in a build folder of its own
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
kafka=yes
fuzz=yes
build="$root/build/test"
flags=-O1
for argument in "$@"; do
  case $argument in
    --no-kafka) kafka=no ;;
    --no-fuzz) fuzz=no ;;
    --asan)
      build="$root/build/test-asan"
      flags='-O1 -fsanitize=address,undefined -fno-sanitize-recover=all'
      ;;
    *)
      echo "usage: tests/run.sh [--no-kafka] [--no-fuzz] [--asan]" >&2
      exit 2
      ;;
  esac
done
start=$(date +%s)
debian=$(. /etc/os-release && echo "${VERSION_ID:-}")
uses="build test test-desk"
if [ "$debian" = 12 ]; then uses="$uses test-12"; fi
# shellcheck disable=SC2086
"$root/deploy/install_packages.sh" $uses
# One build, optimized and with assertions, serves all tests.
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS="$flags -g1" -DWIREDESK_PCH=ON >/dev/null
ninja -C "$build"
built=$(date +%s)
log="$build/ctest.log"
: > "$log"
status=0
"$root/tests/lint.sh" --format || status=1
"$root/tests/deploy/check.sh" || status=1
run() {
  ctest --test-dir "$build" --output-on-failure --timeout 600 "$@" \
    >> "$log" 2>&1 || status=1
}
# One at a time: tests of one class share a scratch folder.
run --no-tests=error -LE kafka
if [ $kafka = yes ]; then
  # One after the other: each starts brokers of its own.
  run --no-tests=ignore -L kafka
fi
tested=$(date +%s)
if [ $fuzz = yes ]; then
  "$root/tests/fuzz/smoke.sh" 60 || status=1
fi
if [ $status != 0 ]; then
  grep -nE '\[  FAILED  \]|Failure|\*\*\*' "$log" | head -n 60
fi
end=$(date +%s)
echo
echo "=== build $((built - start)) s, tests $((tested - built)) s, fuzz $((end - tested)) s"
grep -E 'tests passed|tests failed|\*\*\*Failed|\*\*\*Timeout|Skipped' "$log" | sort -u || true
if [ $status = 0 ]; then echo "=== all passed"; else echo "=== FAILED"; fi
exit $status
