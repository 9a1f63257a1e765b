#!/bin/sh
# Builds the fuzz targets with clang, AddressSanitizer and UBSan, and runs each
# for some seconds, seeded from tests/fuzz/corpus/<name>. A crash, a leak, a
# hang or a limit that is passed fails; the input that did it is kept.
# Usage: tests/fuzz/smoke.sh [SECONDS]   for all of them together (60)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
build="$root/build/fuzz"
compiler=
for candidate in clang++-14 clang++; do
  if command -v $candidate >/dev/null; then
    compiler=$candidate
    break
  fi
done
if [ -z "$compiler" ]; then
  echo "no clang: deploy/install_packages.sh test installs it" >&2
  exit 1
fi
# The libraries are compiled once, for all targets.
cd "$root"
cmake --preset fuzz -DCMAKE_CXX_COMPILER="$compiler" -DWIREDESK_PCH=ON -DWIREDESK_UNITY=ON >/dev/null
"$root/deploy/build_progress.sh" -C "$build" fuzzers
names=$(basename -s _fuzz.cc "$root"/tests/fuzz/*_fuzz.cc)
each=$((seconds / $(echo "$names" | wc -w)))
[ "$each" -ge 1 ] || each=1
status=0
for name in $names; do
  found="$build/found/$name"
  artifacts="$build/crash/$name"
  mkdir -p "$found" "$artifacts"
  seeds="$root/tests/fuzz/corpus/$name"
  [ -d "$seeds" ] || seeds=
  # What is found goes to the first folder and seeds the next run.
  # shellcheck disable=SC2086
  if ! "$build/${name}_fuzz" -max_total_time="$each" -timeout=10 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$artifacts/" "$found" $seeds >"$build/$name.log" 2>&1; then
    echo "=== fuzz $name FAILED"
    tail -n 40 "$build/$name.log"
    status=1
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log")
  echo "fuzz $name: ${runs:-0} runs"
done
exit $status
