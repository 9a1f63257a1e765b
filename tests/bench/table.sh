#!/bin/sh
# Prints what the whole program does on this machine, as a table: rate and peak
# memory of a replay, time to start.
# Usage: tests/bench/table.sh [CORPUS]
#   CORPUS  NDJSON, also .gz; without it ../shared's news corpus where there is
#           one, else the sample feed, a hundred times over
# Uses build/release/wiredesk; and where they are built, names_bench, and
# kafka_throughput, which needs Java and Maven.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program="$root/build/release/wiredesk"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

corpus=${1:-"$root/../shared/data/corpora/articles.ndjson.gz"}
if [ ! -f "$corpus" ]; then
  corpus="$scratch/sample.ndjson"
  for _ in $(seq 100); do cat "$root/config/sample/feed.ndjson"; done > "$corpus"
fi
case $corpus in
  *.gz) gzip -dc "$corpus" > "$scratch/corpus.ndjson" ;;
  *) cp "$corpus" "$scratch/corpus.ndjson" ;;
esac

# Runs a command and waits for it; sets `seconds` and `peak_mb`.
measure() {
  start=$(date +%s.%N)
  "$@" > "$scratch/log" 2>&1 &
  process=$!
  peak=0
  while kill -0 $process 2>/dev/null; do
    now=$(awk '/^VmHWM/ { print $2 }' /proc/$process/status 2>/dev/null || true)
    [ -z "$now" ] || peak=$now
    sleep 0.02
  done
  wait $process
  seconds=$(echo "$(date +%s.%N) $start" | awk '{ printf "%.3f", $1 - $2 }')
  peak_mb=$((peak / 1000))
}
row() { printf '| %s | %s |\n' "$1" "$2"; }

records=$(wc -l < "$scratch/corpus.ndjson")
row measure figure
row --- ---
for run in "1 1" "1 2" "2 1"; do
  workers=${run% *}
  in_flight=${run#* }
  echo "batch: {in_flight: $in_flight}" > "$scratch/overlay.yaml"
  measure "$program" replay --input "$scratch/corpus.ndjson" \
    --output "$scratch/out" --workers $workers --overlay "$scratch/overlay.yaml"
  row "replay of $records records, $workers worker(s), $in_flight batch(es) in flight each" \
    "$(awk -v n="$records" -v s="$seconds" 'BEGIN { printf "%.0f articles/s", n / s }'), peak $peak_mb MB"
  rm -rf "$scratch/out"
done
measure "$program" --help
row "--help" "$seconds s"
measure "$program" check --config "$root/config/wiredesk.yaml"
row "check of the shipped configuration, gazetteer mapped" "$seconds s"
if [ -x "$root/build/release/names_bench" ]; then
  "$root/build/release/names_bench" --benchmark_filter='^BM_(Lane|Open)$' \
    --benchmark_format=csv 2>/dev/null | tr -d '"' | awk -F, '
    $1 == "BM_Lane" { printf "| gazetteer lane, 500,000 names | %.0f MB/s of one core, %.0f MB mapped |\n", $6 / 1e6, $11 }
    $1 == "BM_Open" { printf "| gazetteer of 500,000 names, mapped and checked | %.1f ms |\n", $4 }'
fi
if [ -x "$root/build/release/kafka_throughput" ]; then
  "$root/build/release/kafka_throughput" "$scratch/corpus.ndjson"
fi
