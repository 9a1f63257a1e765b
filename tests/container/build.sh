#!/bin/sh
# Proves deploy/Dockerfile where there is no Docker and no registry: makes the
# base image from Debian's packages, builds with podman, runs the demo in the
# image as an ordinary user on a read-only root, and prints the image's size.
# As root, on demand; takes ten minutes and more.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work="$root/build/container"
base=docker.io/library/debian:trixie-slim
mkdir -p "$work"
"$root/deploy/install_packages.sh" container

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
if ! podman image exists "$base"; then
  mmdebstrap --variant=apt trixie "$work/base.tar" "$mirror"
  podman --cgroup-manager cgroupfs import "$work/base.tar" "$base"
fi
# The second time, what has not changed is not compiled again.
mkdir -p "$work/ccache"
podman --cgroup-manager cgroupfs build --pull=never --isolation chroot \
  --network host -v "$work/ccache:/root/.cache/ccache" -f "$root/deploy/Dockerfile" -t wiredesk "$root"
podman --runtime runc --cgroup-manager cgroupfs run --rm --network host \
  --read-only --tmpfs /tmp --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 \
  wiredesk demo
podman image inspect wiredesk --format '{{.Size}}' |
  awk '{ printf "image: %d MB\n", $1 / 1000000 }'
