#!/bin/sh
# Fetches again, by npm, the libraries that stand in the tree unchanged: uPlot for
# the page, axe-core for its test. Versions are pinned here; their licences are in
# pipeline/desk/NOTICE and tests/desk/NOTICE. The map: deploy/desk_map.py.
# Usage: deploy/desk_vendor.sh
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
take() {  # PACKAGE@VERSION, then pairs of a file of it and where it goes
  (cd "$scratch" && rm -rf package && tar xzf "$(npm pack --silent "$1")")
  shift
  while [ $# -gt 0 ]; do
    cp "$scratch/package/$1" "$root/$2"
    shift 2
  done
}
take uplot@1.6.32 dist/uPlot.iife.min.js pipeline/desk/page/uplot.js \
  dist/uPlot.min.css pipeline/desk/page/uplot.css
take axe-core@4.10.2 axe.min.js tests/desk/axe.min.js
