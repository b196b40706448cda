#!/usr/bin/env bash
# Builds the image without a container engine and runs it as it is meant to run: uid 10001, a read-only root
# file system, a data volume. Needs Linux, root, buildah and the base image (local, or a registry to pull it from).
#
#   deploy/build-check.sh [options for "buildah bud", such as --pull-never or --volume]
set -euo pipefail
cd "$(dirname "$0")/.."

image=localhost/hjemmedag:build-check
work=$(mktemp -d)
container=

clean_up() {
    [ -z "$container" ] || buildah rm "$container" >/dev/null
    rm -rf "$work"
}
trap clean_up EXIT

# In a mount namespace of its own, so that nothing stays mounted whatever happens.
in_container() {
    unshare --mount --propagation private bash -euc '
        root=$1 data=$2
        shift 2
        mount --bind "$root" "$root"
        mount --bind "$data" "$root/data"
        mount -t tmpfs tmpfs "$root/tmp"
        mount -t proc proc "$root/proc"
        mount -o remount,bind,ro "$root"
        exec chroot --userspec=10001:10001 "$root" env -i \
            PATH=/opt/hjemmedag/bin:/usr/local/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 \
            HJEMMEDAG_DATA_FOLDER=/data HJEMMEDAG_LOG_FORMAT=json "$@"
    ' in_container "$root" "$work/data" "$@"
}

buildah bud --isolation chroot --tag "$image" "$@" .
container=$(buildah from --pull-never "$image")
root=$(buildah mount "$container")
install --directory --owner=10001 --group=10001 --mode=0750 "$work/data"

[ "$(in_container id -u)" = 10001 ]
in_container sh -c 'for folder in /opt /opt/hjemmedag /etc /var/lib; do
    if touch "$folder/written" 2>/dev/null; then echo "$folder is writable"; exit 1; fi
done'
in_container hjemmedag --help
in_container hjemmedag policy list
in_container hjemmedag demo --out /data/demo
echo "The image builds, and runs as uid 10001 on a read-only root file system."
