#!/usr/bin/env bash
# Measures nexcage against Debian's crun, runc and podman in one run and prints ratios beside their targets. Not a test:
# a figure over its target is shown, not an error. Only a command that fails makes this fail.
#
#   Benchmarks/run.sh PATH-OF-NEXCAGE        BENCH_ROUNDS=10 and BENCH_BURST=6 are the defaults
#
# Works in a mount namespace of its own with tmpfs over /run and /var/lib/nexcage, so that every program keeps its
# defaults, no disk is measured, and all state is gone at the end.
set -Eeuo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if [[ ${BENCH_INSIDE:-} != "$PPID" ]]; then
    (($# == 1)) || { echo "usage: ${BASH_SOURCE[0]} PATH-OF-NEXCAGE" >&2; exit 2; }
    ((EUID == 0)) || { echo "bench: containers need root" >&2; exit 1; }
    nexcage=$(realpath -- "$1")
    made=
    [[ -d /var/lib/nexcage ]] || { mkdir -p /var/lib/nexcage && made=yes; }
    status=0
    BENCH_INSIDE=$$ unshare --mount --propagation private -- "${BASH_SOURCE[0]}" "$nexcage" || status=$?
    [[ -z $made ]] || rmdir /var/lib/nexcage
    exit "$status"
fi

readonly nexcage=$1
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=700 tmpfs /var/lib/nexcage
readonly work=/run/nexcage-bench
mkdir -p "$work"
readonly log=$work/log results=$work/results
: >"$log"

# shellcheck source=Benchmarks/fixtures.sh
source "$here/fixtures.sh"

# Whatever still runs when this script ends, also in the middle of something.
sweep() {
    local id
    for id in $("$nexcage" list -q 2>>"$log"); do "$nexcage" delete --force "$id" 2>>"$log" || true; done
    for id in $(crun list -q 2>>"$log"); do crun delete --force "$id" 2>>"$log" || true; done
    for id in $(runc list -q 2>>"$log"); do runc delete --force "$id" 2>>"$log" || true; done
    [[ ! -d $work/podman ]] || podman_here rm --all --force >>"$log" 2>&1 || true
    # podman makes this parent of its containers' cgroups and keeps it.
    [[ -n $podman_was_here ]] || find /sys/fs/cgroup -depth -path '*/libpod_parent*' -type d -exec rmdir {} + || true
}
podman_was_here=$(find /sys/fs/cgroup -maxdepth 2 -name libpod_parent)
trap sweep EXIT

# Runs a plan (see bench.c) and keeps its figures: ROUNDS BURST.
measure() {
    "$work/bench" "$1" "$2" "$log" >"$work/part" || failed=yes
    awk -F '\t' '$2 != "total" && $7 { printf "bench: %s, %s: failed %d times\n", $1, $2, $7 }' "$work/part" >&2
    cat "$work/part" >>"$results"
}

# A figure of the results: CASE LABEL COLUMN.
figure() { awk -F '\t' -v c="$1" -v l="$2" -v n="$3" '$1 == c && $2 == l { print $n }' "$results"; }

readonly row='%-44s %10s  %-9s %10s  %7s  %8s  %s\n'
header() { printf "$row" "$1" nexcage peer "" ratio target ""; }

# A line of the table: TITLE CASE PEER-CASE LABEL PEER TARGET-RATIO.
ratio() {
    awk -v "title=$1" -v "own=$(figure "$2" "$4" 3)" -v "other=$(figure "$3" "$4" 3)" -v "peer=$5" -v "target=$6" \
        -v "row=$row" 'BEGIN {
            ratio = other > 0 ? own / other : 0
            printf row, title, sprintf("%.2f ms", own), peer, sprintf("%.2f ms", other), sprintf("%.2f", ratio),
                "<= " target, ratio <= target ? "" : "OVER"
        }'
}

# A line of the table: TITLE VALUE UNIT TARGET.
limit() {
    awk -v "title=$1" -v "own=$2" -v "unit=$3" -v "target=$4" -v "row=$row" '
        BEGIN {
            over = own + 0 <= target + 0 ? "" : "OVER"
            printf row, title, sprintf("%.2f %s", own, unit), "", "", "", "<= " target, over
        }'
}

failed=
cc -std=gnu17 -O2 -Wall -o "$work/bench" "$here/bench.c"
make_fixtures
for program in "$nexcage" crun runc podman; do "$program" --version | head -n 1; done
printf '\nmedians of interleaved bursts, %s processors, load %s\n\n' "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
for part in runtime memory images; do
    # shellcheck source=/dev/null
    source "$here/$part.sh"
done

if [[ -n $failed ]]; then
    echo 'bench: some commands failed; the end of their stderr:' >&2
    tail -n 20 "$log" >&2
    exit 1
fi
