#!/usr/bin/env bash
# Makes an OCI image of Debian's busybox and takes it through a container's life. Shows every command before its
# output, and fails as soon as an output or an exit code is not what it should be.
#
#   scripts/demo.sh PATH-OF-NEXCAGE       `make demo` builds that first
#
# Everything is in a folder of its own, state and images of nexcage too, and gone at the end.
set -Eeuo pipefail

(($# == 1)) || { echo "usage: ${BASH_SOURCE[0]} PATH-OF-NEXCAGE" >&2; exit 2; }
((EUID == 0)) || { echo 'demo: containers need root' >&2; exit 1; }
binary=$(realpath -- "$1")
work=$(mktemp -d /tmp/nexcage-demo.XXXXXXXX)
readonly binary work image=oci:$work/image:busybox

# A folder with the one program in it, so that the commands below are what one would type. Configuration by environment:
# no flag of the demo's own is in them.
mkdir "$work/bin"
ln -s "$binary" "$work/bin/nexcage"
export PATH=$work/bin:$PATH
export NEXCAGE_RUNTIME_ROOT_PATH=$work/run NEXCAGE_RUNTIME_DATA_PATH=$work/lib

bold='' dim='' red='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
fi

cleanup() {
    local id mount
    for id in $(nexcage list -q 2>/dev/null); do nexcage delete --force "$id" || true; done
    # Only a delete that failed leaves a mount, and nothing below a mount may be removed with the folder.
    while read -r _ mount _; do
        [[ $mount == "$work"/* ]] && umount "$mount"
    done < <(tac /proc/mounts)
    rm -rf --one-file-system -- "$work"
}
trap cleanup EXIT

title() { printf '\n%s# %s%s\n' "$dim" "$*" "$plain"; }

wrong() {
    printf '%sdemo: %s%s\n' "$red" "$*" "$plain" >&2
    exit 1
}

# show EXIT-CODE PATTERN COMMAND...: prints the command, runs it, prints what it said, and checks both. The output goes
# through a file: a container that runs on would keep a pipe open.
show() {
    local wanted=$1 pattern=$2 status=0 word line=''
    shift 2
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./:=@%+-]* | '') line+=" '$word'" ;;
            *) line+=" $word" ;;
        esac
    done
    printf '%s$%s%s\n' "$bold" "$line" "$plain"
    "$@" >"$work/output" 2>&1 </dev/null || status=$?
    sed 's/^/  /' "$work/output"
    ((wanted == 0)) || printf '  %s(exit code %d)%s\n' "$dim" "$status" "$plain"
    ((status == wanted)) || wrong "exit code $status, not $wanted"
    [[ -z $pattern ]] || grep -Eq -- "$pattern" "$work/output" || wrong "no \"$pattern\" in that output"
}

title "An OCI image of Debian's busybox, made with umoci"
mkdir -p "$work/rootfs"/{bin,etc,proc,sys,dev,tmp}
cp "$(command -v busybox)" "$work/rootfs/bin/busybox"
busybox --list | while read -r name; do
    [[ $name == busybox ]] || ln -s busybox "$work/rootfs/bin/$name"
done
echo 'root:x:0:0:root:/:/bin/sh' >"$work/rootfs/etc/passwd"
{
    umoci init --layout "$work/image"
    umoci new --image "$work/image:busybox"
    umoci insert --image "$work/image:busybox" "$work/rootfs" /
    umoci config --image "$work/image:busybox" --config.env PATH=/bin --config.env GREETING=hello \
        --config.cmd sh --config.workingdir /tmp
} >"$work/output" 2>&1 || { cat "$work/output" >&2; wrong 'umoci could not make the image'; }
show 0 '^busybox$' umoci list --layout "$work/image"
show 0 '"digest":"sha256:' jq -c '.manifests[] | {digest, size, annotations}' "$work/image/index.json"

title 'What this nexcage has, and where containers go'
show 0 'crun' nexcage info
show 0 'web.*crun' nexcage route web
show 0 'cilium-\*' nexcage route cilium-x7k2p

title 'In the foreground: output and exit code are the container'\''s'
# shellcheck disable=SC2016 # the container's shell expands it
show 0 '^hello from Linux, process 1$' nexcage run --rm "$image" sh -c 'echo $GREETING from $(uname), process $$'
show 42 '' nexcage run --rm "$image" sh -c 'exit 42'
show 127 'no-such-program' nexcage run --rm "$image" no-such-program

title 'In the background: list, look, go in, stop, remove'
show 0 '' nexcage run -d --name web --memory 64m "$image" sleep 1000
show 0 'web .*running .*crun' nexcage list
show 0 '"status": *"running"' nexcage state web
show 0 '1 .*sleep 1000' nexcage exec web ps
show 0 '' nexcage stop -t 1 web
show 0 '"status": *"stopped"' nexcage state web
show 0 '' nexcage delete web
show 3 'does not exist' nexcage state web
[[ -z $(nexcage list -q) ]] || wrong 'a container is left'

printf '\n%sdemo: all as it should be, in %d seconds%s\n' "$bold" "$SECONDS" "$plain"
