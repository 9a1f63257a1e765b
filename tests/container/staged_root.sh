#!/bin/sh
# The root that deploy/stage_root.sh makes of a build, without an image around it:
# its size, and the demo in it, as an ordinary user, by chroot, on a root that
# cannot be written to. As root.
# Usage: tests/container/staged_root.sh [BUILD_FOLDER]   by default build/release
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build/release}
most=60 # MB
work=$(mktemp -d /var/tmp/wiredesk-staged.XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
"$root/deploy/stage_root.sh" "$build" "$work/root"
size=$(($(du -sb --apparent-size "$work/root" | cut -f1) / 1000000))
[ $size -le $most ] || {
  echo "the staged root has $size MB, and $most is the limit" >&2
  exit 1
}
run() {
  STAGED=$work/root unshare --mount --fork sh -eu -c '
    mount --bind "$STAGED" "$STAGED"
    mount -t tmpfs tmpfs "$STAGED/tmp"
    mount -o remount,bind,ro "$STAGED"
    exec env -i PATH="$PATH" WIREDESK_DATA=/usr/share/wiredesk chroot --userspec 10001:10001 "$STAGED" \
      /usr/bin/wiredesk "$@"' sh "$@"
}
run --version
run check /usr/share/wiredesk/wiredesk.yaml
run demo --rate 0 >"$work/demo.txt"
tail -n 15 "$work/demo.txt"
# Character sets and time zones are there: the same records as from the build.
run replay /usr/share/wiredesk/sample -o - | sort >"$work/inside"
"$build/wiredesk" replay "$root/config/sample" -o - | sort >"$work/outside"
cmp "$work/inside" "$work/outside"
echo "staged root: $size MB, demo and sample pass in it"
