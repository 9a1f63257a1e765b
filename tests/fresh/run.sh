#!/bin/sh
# Both commands of the README on machines that have nothing: makes roots of Debian
# with mmdebstrap, and does in each, by chroot, what a user would do. As root.
# Usage: tests/fresh/run.sh MACHINE[:test] ... [-- ARGUMENT_OF_tests/run.sh ...]
#   debian12  minimal, nothing but apt       debian13  the same, one release on
#   desk      a developer's Debian 12: compilers, gtest without gmock, benchmark
#             without its CMake files, the ccache of Debian 11; a user with sudo
#   deb       the package that the minimal Debian 12 builds, installed in another
#   MACHINE       deploy/quickstart.sh, twice
#   MACHINE:test  and then tests/run.sh
# Roots are kept for a week in ~/.cache/wiredesk-fresh, as archives; the compiler's
# cache of whoever calls is shared with them. FRESH_COLD=1: neither is used.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
store=${XDG_CACHE_HOME:-$HOME/.cache}/wiredesk-fresh
ccache=${CCACHE_DIR:-$HOME/.cache/ccache}
home=/srv/desk
tree=$home/wiredesk
if [ "$(id -u)" != 0 ] || [ $# = 0 ]; then
  sed -n '2,/^set/s/^# //p' "$0" >&2
  exit 2
fi
command -v mmdebstrap >/dev/null || "$root/deploy/install_packages.sh" container
work=$(mktemp -d /var/tmp/wiredesk-fresh.XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
if [ -n "${FRESH_COLD:-}" ]; then
  store=$work/store
  ccache=$work/ccache
fi
mkdir -p "$store" "$ccache"
machines=
while [ $# != 0 ] && [ "$1" != -- ]; do
  machines="$machines $1"
  shift
done
[ $# = 0 ] || shift
test_arguments=$*

say() { echo "=== fresh: $*"; }
seconds() { date +%s; }

release_of() { case $1 in debian13) echo trixie ;; *) echo bookworm ;; esac; }

# The host's settings of apt, with which it reaches a mirror.
give_network() {
  cp /etc/resolv.conf /etc/hosts "$1/etc/"
  cp -r /etc/apt/apt.conf.d/. "$1/etc/apt/apt.conf.d/"
  rm -f "$1"/etc/apt/apt.conf.d/*autoremove* "$1"/etc/apt/apt.conf.d/*packagekit \
    "$1"/etc/apt/apt.conf.d/*appstream
}

# Unpacks the minimal root of a release, made first if need be, as $2.
make_root() {
  archive=$store/$1.tar
  if [ -z "$(find "$archive" -mtime -7 2>/dev/null)" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
      grep -m 1 '/debian/*$')
    mmdebstrap --quiet --format=tar --variant=minbase "$1" "$archive.new" "$mirror"
    mv "$archive.new" "$archive"
  fi
  mkdir -p "$2"
  tar -C "$2" -xpf "$archive"
  give_network "$2"
}

# Runs a command line in the root $1 as the user $2; what is mounted goes with it.
inside() {
  FRESH_ROOT=$1 FRESH_USER=$2 FRESH_COMMAND=$3 FRESH_CCACHE=$ccache FRESH_HOME=$home \
    unshare --mount --fork sh -eu -c '
      mkdir -p "$FRESH_ROOT/ccache"
      mount --bind "$FRESH_CCACHE" "$FRESH_ROOT/ccache"
      mount -t proc proc "$FRESH_ROOT/proc"
      mount --rbind /dev "$FRESH_ROOT/dev"
      exec chroot "$FRESH_ROOT" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME="$FRESH_HOME" LANG=C.UTF-8 CCACHE_DIR=/ccache \
        setpriv --reuid "$FRESH_USER" --regid "$FRESH_USER" --init-groups \
        sh -eu -c "cd $FRESH_HOME; $FRESH_COMMAND"' </dev/null
}

# What git knows of the tree, as it stands here.
copy_tree() {
  mkdir -p "$1$tree"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard |
    tar --null --no-recursion -T - -cf -) | tar -C "$1$tree" -xf - --no-same-owner
}

make_desk() {
  mirror=$(awk '$1 == "deb" { print $2; exit }' "$1/etc/apt/sources.list")
  echo "deb $mirror bullseye main" > "$1/etc/apt/sources.list.d/old.list"
  inside "$1" root 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends g++ clang cmake ninja-build pkg-config git sudo \
      libgtest-dev libbenchmark-dev ccache/bullseye >/dev/null
    rm -r /usr/lib/*/cmake/benchmark
    ! dpkg-query -W libgmock-dev 2>/dev/null
    useradd --uid 1000 --home-dir '"$home"' --no-create-home desk
    echo "desk ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/desk
    chown -R desk: '"$home"
}

quickstart() {
  start=$(seconds)
  inside "$1" "$2" 'wiredesk/deploy/quickstart.sh --rate 0 > first.log 2>&1' || {
    tail -n 40 "$1$home/first.log"
    return 1
  }
  tail -n 12 "$1$home/first.log"
  # "74 articles" of the view's last lines: records have come out at the other end.
  grep -qE '^ *[1-9][0-9]* (articles|new)|p99' "$1$home/first.log" || return 1
  between=$(seconds)
  inside "$1" "$2" 'wiredesk/deploy/quickstart.sh --rate 0 > second.log 2>&1'
  say "$machine: quickstart $((between - start)) s, again $(($(seconds) - between)) s"
}

# The package is built where its libraries are, and put where nothing is.
package() {
  start=$(seconds)
  inside "$1" root 'apt-get install -y -qq --no-install-recommends dpkg-dev file >/dev/null
    ninja -C wiredesk/build/release >/dev/null && cd wiredesk/build/release && cpack -G DEB >/dev/null'
  make_root bookworm "$1.bare"
  mkdir -p "$1.bare$home"
  cp "$1$tree"/build/release/*.deb "$1.bare$home/wiredesk.deb"
  inside "$1.bare" root 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends systemd ./wiredesk.deb >/dev/null
    wiredesk --version
    wiredesk check /etc/wiredesk/wiredesk.yaml
    wiredesk demo --rate 0 | tail -n 12
    wiredesk replay /usr/share/wiredesk/sample -o out >/dev/null
    test -s out/news.events.ndjson
    systemd-analyze verify --man=no /lib/systemd/system/wiredesk.service
    dpkg -P wiredesk >/dev/null
    test ! -e /usr/bin/wiredesk'
  say "deb: built, installed, run and purged in $(($(seconds) - start)) s," \
    "$(($(stat -c %s "$1.bare$home/wiredesk.deb") / 1000000)) MB"
}

for argument in $machines; do
  machine=${argument%:test}
  here=$work/$machine
  user=root
  start=$(seconds)
  make_root "$(release_of "$machine")" "$here"
  copy_tree "$here"
  if [ "$machine" = desk ]; then
    make_desk "$here"
    user=desk
    ccache=$store/ccache-desk
    mkdir -p "$ccache"
    chown -R 1000:1000 "$ccache"
  fi
  say "$machine: root made in $(($(seconds) - start)) s"
  quickstart "$here" $user || { say "$machine FAILED" && exit 1; }
  if [ "$machine" = deb ]; then package "$here"; fi
  if [ "$argument" != "$machine" ]; then
    start=$(seconds)
    inside "$here" $user "wiredesk/tests/run.sh $test_arguments > test.log 2>&1" || {
      tail -n 60 "$here$home/test.log"
      say "$machine: tests/run.sh $test_arguments FAILED"
      exit 1
    }
    tail -n 5 "$here$home/test.log"
    say "$machine: tests/run.sh $test_arguments passed in $(($(seconds) - start)) s"
  fi
  rm -rf --one-file-system "$here" "$here.bare"
done
