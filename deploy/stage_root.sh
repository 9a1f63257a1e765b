#!/bin/sh
# Lays out all that the service needs, and nothing else, as the root of an image:
# the program, the libraries that it is linked with, certificates, data. There is
# no shell in it. deploy/Dockerfile uses this; tests/container/staged_root.sh runs
# the demo in what it makes.
# Usage: deploy/stage_root.sh BUILD_FOLDER EMPTY_FOLDER
set -eu
build=$1
root=$2
mkdir -p "$root"
[ -z "$(ls -A "$root")" ] || {
  echo "stage_root: $root is not empty" >&2
  exit 1
}
DESTDIR="$root" cmake --install "$build" --prefix /usr --strip >/dev/null
rm -r "$root/usr/share/man" "$root/usr/share/bash-completion" "$root/usr/share/zsh" \
  "$root/usr/share/fish" "$root/usr/lib/systemd"

# Packed, it is unpacked when the service starts, in some tenths of a second.
gzip -9 -n "$root/usr/share/wiredesk/gazetteer.wdg"

# Libraries under the paths at which the loader looks for them, links included.
ldd "$root/usr/bin/wiredesk" | awk '$3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' |
  while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
    chmod 755 "$root$library"
  done

# Of ICU's data what is used: character sets, normalization of host names. Not
# what people read: languages, currencies, time zones, collations.
icu=$(find "$root" -name 'libicudata.so.*')
version=$(basename "$icu" | sed 's/.*\.so\.//')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dat=$work/icudt${version}l.dat
# The library is its data as one symbol.
set -- $(readelf -sW --dyn-syms "$icu" | awk -v name="icudt${version}_dat" '$8 ~ "^" name { print $2, $3; exit }')
start=$1
size=$(($2))
set -- $(readelf -SW "$icu" | sed 's/\[ */[/' | awk '$2 == ".rodata" { print $4, $5; exit }')
offset=$((0x$start - 0x$1 + 0x$2))
tail -c +$((offset + 1)) "$icu" | head -c "$size" >"$dat"
icupkg -l "$dat" >"$work/all"
grep -E '/|\.res$|^(unames|confusables)\.' "$work/all" >"$work/remove.lst"
mkdir "$work/small"
icupkg -r "$work/remove.lst" "$dat" "$work/small/$(basename "$dat")"
cat >"$work/data.s" <<EOF
	.section .note.GNU-stack,"",@progbits
	.section .rodata
	.balign 16
	.globl icudt${version}_dat
	.type icudt${version}_dat, @object
icudt${version}_dat:
	.incbin "$work/small/$(basename "$dat")"
	.size icudt${version}_dat, . - icudt${version}_dat
EOF
cc -shared -nostdlib -Wl,-soname,"libicudata.so.$version" -Wl,-z,noexecstack -o "$icu" "$work/data.s"
strip "$icu"

mkdir -p "$root/etc/ssl/certs" "$root/tmp" "$root/usr/share/zoneinfo"
chmod 1777 "$root/tmp"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
echo 'root:x:0:0::/:/usr/sbin/nologin
wiredesk:x:10001:10001::/nonexistent:/usr/sbin/nologin' >"$root/etc/passwd"
echo 'root:x:0:
wiredesk:x:10001:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# Time zones by name; links stay links.
(cd /usr/share/zoneinfo && tar -cf - --exclude=posix --exclude=right --exclude='*.tab' --exclude='*.zi' \
  --exclude=leap* .) | tar -C "$root/usr/share/zoneinfo" -xf -
du -sb --apparent-size "$root" | awk '{ printf "staged root: %.1f MB\n", $1 / 1000000 }'
