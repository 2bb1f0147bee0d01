#!/usr/bin/env bash
# Installs what a bare Debian lacks to build, show, test and measure nexcage. Does nothing when all is there.
#
#   scripts/setup.sh GROUP...     GROUP is build, demo, test, bench, order or vm
#
# Beside packages it makes, where the group needs them: libcrun (scripts/build-libcrun.sh), a CRIU that works on new
# kernels (scripts/install-criu.sh), and on hosts with hybrid cgroups the v1 hierarchy for hugetlb that crun insists on.
# No service is started on a host whose policy-rc.d forbids it; nothing but packages and /usr/local/lib is written to.
#
# Exit: 0 everything is there, perhaps but for the two parts that can be gone without (their scripts say so loudly);
#       1 something is missing that cannot be gone without; 2 unknown group.
set -Eeuo pipefail

readonly here=${BASH_SOURCE[0]%/*}

# A compiler and the headers of what is linked: Swift needs g++'s library, libcrun the rest. `criu` is for its headers.
readonly build_packages=(
    binutils ca-certificates criu g++ gcc gperf libc6-dev libcap-dev libgcrypt20-dev libgpg-error-dev libisal-dev
    libprotobuf-c-dev libseccomp-dev libsystemd-dev libyajl-dev libzstd-dev make patch pkg-config python3 xz-utils
)
readonly demo_packages=(busybox-static crun jq runc umoci)
# The engines that call us, and what they need for pods, bridges and firewall rules.
readonly test_packages=(
    buildah catatonit conmon containerd gzip iproute2 iptables netavark podman tar util-linux zstd
)
readonly bench_packages=(podman)
readonly vm_packages=(busybox-static cpio debootstrap e2fsprogs qemu-system-x86 qemu-utils)
readonly order_packages=(busybox-static crun valgrind)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

wanted=("${build_packages[@]}")
needs_crun='' needs_criu=''
for group in "$@"; do
    case $group in
        build) ;;
        demo) wanted+=("${demo_packages[@]}") needs_crun=yes ;;
        test) wanted+=("${demo_packages[@]}" "${test_packages[@]}") needs_crun=yes needs_criu=yes ;;
        bench) wanted+=("${demo_packages[@]}" "${bench_packages[@]}") needs_crun=yes ;;
        vm) wanted+=("${vm_packages[@]}") ;;
        order) wanted+=("${order_packages[@]}") needs_crun=yes ;;
        *)
            say "unknown group \"$group\": use build, demo, test, bench, order or vm"
            exit 2
            ;;
    esac
done

# One call of dpkg-query answers for all packages. It complains about unknown ones, which are simply not installed.
declare -A installed=()
while read -r status package; do
    [[ $status == ?i ]] && installed[${package%%:*}]=yes
done < <(dpkg-query -W -f '${db:Status-Abbrev} ${binary:Package}\n' "${wanted[@]}" 2>/dev/null)
missing=()
for package in "${wanted[@]}"; do
    [[ -z ${installed[$package]:-} ]] || continue
    missing+=("$package")
    installed[$package]=soon # a second group may want it too
done

install_missing() {
    command -v apt-get >/dev/null || fail "this script knows Debian only; install the likes of: ${missing[*]}"
    ((EUID == 0)) || fail "as root: apt-get install --no-install-recommends ${missing[*]}"
    say "installing ${missing[*]}"
    local attempt log
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # Another apt on this host is waited for; a mirror that stumbles gets further chances.
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
    for attempt in 1 2 3 4; do
        if "${apt[@]}" update >"$log" 2>&1 &&
            "${apt[@]}" install -y --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" \
                >"$log" 2>&1 </dev/null; then
            rm -f "$log"
            return 0
        fi
        say "attempt $attempt failed:"
        tail -n 5 "$log" >&2
        sleep $((attempt * 3))
    done
    rm -f "$log"
    fail "could not install ${missing[*]}"
}

# Optional parts: exit code 3 says that they could not be had and that one can do without.
attempt_optional() {
    local status=0
    "$@" || status=$?
    ((status == 0 || status == 3)) || fail "$1 failed with exit code $status"
}

# crun refuses hybrid cgroups while a controller sits in the cgroup2 hierarchy, and hugetlb does when nobody mounted it.
give_hugetlb_its_hierarchy() {
    local controllers='' folder=/sys/fs/cgroup/hugetlb
    [[ -r /sys/fs/cgroup/unified/cgroup.controllers ]] || return 0
    read -r controllers </sys/fs/cgroup/unified/cgroup.controllers || true
    [[ " $controllers " == *' hugetlb '* ]] || return 0
    ((EUID == 0)) || fail "as root: mkdir -p $folder; mount -t cgroup -o hugetlb none $folder"
    say "mounting the v1 hierarchy of hugetlb at $folder"
    mkdir -p "$folder"
    mountpoint -q "$folder" || mount -t cgroup -o hugetlb none "$folder"
}

((${#missing[@]} == 0)) || install_missing
attempt_optional "$here/build-libcrun.sh"
[[ -z $needs_criu ]] || attempt_optional "$here/install-criu.sh"
[[ -z $needs_crun ]] || give_hugetlb_its_hierarchy
