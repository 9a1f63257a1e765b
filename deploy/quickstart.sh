#!/bin/sh
# From nothing to records on the terminal: installs what is missing, builds, and
# runs the demo (the service on an embedded broker, fed with the sample feed).
# For Debian 12 and later. Asks nothing. Arguments go to `wiredesk demo`.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
"$here/deploy/install_packages.sh" build
build="$here/build/release"
if [ ! -f "$build/build.ninja" ]; then
  # Half of the time from nothing. `cmake --preset release` is for who goes on to
  # edit: then a change compiles one file, and the tests are there.
  cmake -S "$here" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DWIREDESK_TESTS=OFF -DWIREDESK_PCH=ON -DWIREDESK_UNITY=ON >/dev/null
fi
if [ -x "$build/wiredesk" ]; then
  ninja --quiet -C "$build" wiredesk gazetteer
else
  echo "Building; the first time takes some minutes."
  "$here/deploy/build_progress.sh" -C "$build" wiredesk gazetteer
fi
"$build/wiredesk" demo "$@"
