#!/bin/sh
# Installs the Debian packages of deploy/packages.txt that are missing.
# Usage: deploy/install_packages.sh USE...   such as: build test
set -eu
here=$(cd "$(dirname "$0")" && pwd)
missing=
for use in "$@"; do
  for package in $(awk -v use="$use" '$1 == use { print $2 }' "$here/packages.txt"); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0
as_root=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing; install them as root:$missing" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "Installing:$missing"
$as_root apt-get update -qq
# $missing is a list.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
