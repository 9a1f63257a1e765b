#!/bin/sh
# Everything: installs what is missing, builds, runs all tests. What is needed and
# cannot be had is an error.
# Usage: tests/run.sh [--no-kafka] [--no-fuzz] [--fresh] [--asan]
#   --no-kafka  leave out the tests on a real Apache Kafka
#   --no-fuzz   leave out the minute of fuzzing, which is built with clang
#   --fresh     and deploy/quickstart.sh on a minimal Debian 12 (as root)
#   --asan      with AddressSanitizer and UBSan, in a build folder of its own
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
kafka=yes
fuzz=yes
fresh=no
build="$root/build/test"
flags=-O1
for argument in "$@"; do
  case $argument in
    --no-kafka) kafka=no ;;
    --no-fuzz) fuzz=no ;;
    --fresh) fresh=yes ;;
    --asan)
      build="$root/build/test-asan"
      flags='-O1 -fsanitize=address,undefined -fno-sanitize-recover=all'
      ;;
    *)
      echo "usage: tests/run.sh [--no-kafka] [--no-fuzz] [--fresh] [--asan]" >&2
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
  -DCMAKE_CXX_FLAGS="$flags -g1" -DWIREDESK_PCH=ON -DWIREDESK_UNITY=ON >/dev/null
"$root/deploy/build_progress.sh" -C "$build"
built=$(date +%s)
logs="$build/logs"
rm -rf "$logs"
mkdir -p "$logs"
status=0

# A test program as a whole, with its output in $logs; "name status" goes to
# $logs/ended. The tests of one program share scratch folders, those of two do not.
run_program() {
  code=0
  (cd "$build" && timeout "$3" "./$2" --gtest_brief=1) >"$logs/$1.log" 2>&1 || code=$?
  echo "$1 $code" >>"$logs/ended"
}
# The lines of Kafka wait more than they compute, so they stand next to each other
# and next to all other tests, which give way to them.
if [ $kafka = yes ]; then
  for line in 3.9 4.x; do
    # Fetches its jars, one line after the other.
    "$root/tests/kafka/broker/start.sh" $line "$build/kafka-jars" >"$logs/fetch.log" 2>&1
    (WIREDESK_KAFKA_LINE=$line && export WIREDESK_KAFKA_LINE &&
      run_program "kafka_$line" kafka_test 1200) &
  done
fi
"$root/tests/lint.sh" --format || status=1
"$root/tests/deploy/check.sh" "$build/wiredesk" || status=1
for first in simulation pipeline dedupe; do echo "${first}_test"; done >"$logs/programs"
for program in "$build"/*_test; do
  name=$(basename "$program")
  [ "$name" = kafka_test ] || grep -qx "$name" "$logs/programs" || echo "$name"
done >"$logs/others"
cat "$logs/others" >>"$logs/programs"
run_share() {
  awk -v share="$1" 'NR % 2 == share' "$logs/programs" | while read -r name; do
    run_program "$name" "$name" 900 </dev/null
  done
}
renice -n 5 $$ >/dev/null 2>&1 || true
run_share 0 &
run_share 1
wait
# The desk in a browser, once nothing else takes its time.
/usr/bin/python3 "$root/tests/desk/desk_browser_test.py" "$build/wiredesk" \
  "$build/desk_screenshots" >"$logs/desk_browser.log" 2>&1 || {
  status=1
  echo "=== the desk in a browser failed; $logs/desk_browser.log"
  tail -n 20 "$logs/desk_browser.log"
}
tested=$(date +%s)
if [ $fuzz = yes ]; then
  "$root/tests/fuzz/smoke.sh" 60 || status=1
fi
fuzzed=$(date +%s)
if [ $fresh = yes ]; then
  "$root/tests/fresh/run.sh" debian12 || status=1
fi
end=$(date +%s)

expected=$(($(wc -l <"$logs/programs")))
if [ $kafka = yes ]; then expected=$((expected + 2)); fi
if [ "$(wc -l <"$logs/ended")" != $expected ]; then status=1; fi
while read -r name code; do
  [ "$code" = 0 ] && continue
  status=1
  echo "=== $name ended with $code (124: out of time); $logs/$name.log"
  grep -nE '^\[  FAILED  \]|Failure$|AddressSanitizer|runtime error' "$logs/$name.log" | head -n 30
done <"$logs/ended"
passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$logs"/*.log | awk '{ n += $1 } END { print n + 0 }')
failed=$(cat "$logs"/*.log | grep -cE '^\[  FAILED  \] .* \([0-9]+ ms\)$' || true)
grep -h '^\[  SKIPPED \] [A-Z]' "$logs"/*.log | sort -u || true
echo
echo "=== build $((built - start)) s, tests $((tested - built)) s, fuzz $((fuzzed - tested)) s," \
  "fresh root $((end - fuzzed)) s"
echo "$passed passed, $failed failed"
if [ $status = 0 ]; then echo "=== all passed"; else echo "=== FAILED"; fi
exit $status
