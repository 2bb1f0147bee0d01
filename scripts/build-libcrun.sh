#!/usr/bin/env bash
# Makes the static libcrun that the in-process crun backend links, from Debian's own source package.
#
# Why not a Debian package: bookworm's `crun` carries a libcrun.a without headers and without CRIU, and no suite has more.
# Why from source at all: `struct libcrun_context_s` changes between releases under one soname, so the shim must be compiled
# against the headers of exactly the library that it is linked with. No third-party source is committed to this repository.
#
# Result:  $NEXCAGE_LIBCRUN_PREFIX/{include,lib}     default /usr/local/lib/nexcage/libcrun-<version>-<recipe>
#          $NEXCAGE_PKGCONFIG_DIR/nexcage-libcrun.pc default /usr/local/lib/pkgconfig, where `swift build` looks by itself
# Exit:    0 done, or nothing to do; 3 libcrun could not be had: nothing is installed, and nexcage drives the crun command.
set -Eeuo pipefail

readonly recipe=3
readonly home=/usr/local/lib/nexcage
readonly pkgconfig_dir=${NEXCAGE_PKGCONFIG_DIR:-/usr/local/lib/pkgconfig}
readonly pc_file=$pkgconfig_dir/nexcage-libcrun.pc
readonly self=${BASH_SOURCE[0]}
readonly trampolines=${self%/*}/../Sources/CLibcrun/nxc_systemd.c

# The suite whose `crun` source is taken: the host's own, so that library, CRIU and kernel headers fit together.
suite=${NEXCAGE_LIBCRUN_SUITE:-}
[[ -n $suite ]] || suite=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-bookworm}")

# One line says whether the installed result is still what this script would make. Two forks: the common call must not cost.
stamp_of_this_script() {
    local sum
    sum=$(sha256sum <"$self")
    printf '%s %s %s' "${sum%% *}" "$suite" "${NEXCAGE_LIBCRUN_PREFIX:-default}"
}
stamp=$(stamp_of_this_script)
if [[ -r $pc_file ]]; then
    # The .pc file is written last, so its stamp vouches for everything before it.
    while IFS= read -r line; do
        [[ $line == "# stamp: $stamp" ]] && exit 0
    done <"$pc_file"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/nexcage-libcrun.XXXXXXXX")
staged=
trap 'rm -rf -- "$work" ${staged:+"$staged"}' EXIT

give_up() {
    printf 'build-libcrun: NO LIBCRUN: %s; the crun backend will fall back to the crun command\n' "$1" >&2
    [[ -s $work/log ]] && { tail -n 15 "$work/log" | sed 's/^/build-libcrun:   /' >&2; }
    exit 3
}
# Every step that fails without a word of its own still ends in the one loud line and in exit code 3.
trap 'give_up "line $LINENO failed"' ERR
quietly() { "$@" >"$work/log" 2>&1; }

# configure accepts a missing header silently (and then builds without the feature), or breaks late: ask first.
require_build_dependencies() {
    local missing=() header package tool
    while read -r header package; do
        printf '#include <stddef.h>\n#include <stdint.h>\n#include <stdbool.h>\n#include <%s>\n' "$header" |
            cc -E - >/dev/null 2>&1 || missing+=("$package")
    done <<'HEADERS'
seccomp.h libseccomp-dev
sys/capability.h libcap-dev
gcrypt.h libgcrypt20-dev
systemd/sd-bus.h libsystemd-dev
yajl/yajl_tree.h libyajl-dev
criu/criu-plugin.h criu
protobuf-c/protobuf-c.h libprotobuf-c-dev
HEADERS
    while read -r tool package; do
        command -v "$tool" >/dev/null || missing+=("$package")
    done <<'TOOLS'
make make
patch patch
xz xz-utils
pkg-config pkg-config
python3 python3
objcopy binutils
TOOLS
    ((${#missing[@]} == 0)) || give_up "the build needs: apt-get install ${missing[*]}"
}

# apt with directories of its own: the host's source lists and package state stay as they are, and still the InRelease
# signature vouches for Sources, Sources for the .dsc, and the .dsc for the tarballs.
apt_here() {
    apt-get -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/parts" \
        -o Dir::State::lists="$work/apt/lists" -o Dir::State::status="$work/apt/status" \
        -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}
fetch_source() {
    local mirror
    mirror=$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
    mkdir -p "$work"/apt/{parts,lists/partial,cache/archives/partial} "$work/source"
    : >"$work/apt/status"
    printf 'Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "${mirror:-http://deb.debian.org/debian}" \
        "$suite" /usr/share/keyrings/debian-archive-keyring.gpg >"$work/apt/parts/debian.sources"
    # Mirrors hold source files patchily: a file answers 404 now and is there a moment later.
    local attempt
    for attempt in 1 2 3 4 5; do
        if quietly apt_here update && (cd "$work/source" && quietly apt_here source --download-only crun); then
            return 0
        fi
        sleep "$attempt"
    done
    give_up "crun's source package of $suite could not be downloaded"
}

# dpkg-source would do this too, but dpkg-dev is a large thing to ask of a host for one `patch` loop.
unpack_source() {
    local original=("$work"/source/crun_*.orig.tar.*[!c]) packaging=("$work"/source/crun_*.debian.tar.*) name
    [[ -f ${original[0]} && -f ${packaging[0]} ]] || give_up "crun's source package of $suite is incomplete"
    mkdir "$work/crun"
    tar -xf "${original[0]}" -C "$work/crun" --strip-components=1 --no-same-owner
    tar -xf "${packaging[0]}" -C "$work/crun" --no-same-owner
    if [[ -f $work/crun/debian/patches/series ]]; then
        while read -r name _; do
            [[ -z $name || $name == \#* ]] && continue
            quietly patch -d "$work/crun" -p1 -N -i "$work/crun/debian/patches/$name" || give_up "Debian's patch $name does not apply"
        done <"$work/crun/debian/patches/series"
    fi
}

# A hook need not read the state on its standard input. libcrun 1.8.1 dies of SIGPIPE then, or fails with EPIPE where the
# signal is ignored; later releases let it pass. The shim ignores the signal, and hooks get their default back.
let_hooks_close_their_input() {
    local file=$work/crun/src/libcrun/utils.c
    perl -0pi -e '
        s/^run_process_child \([^{]*\{.*?\n\n/$&  signal (SIGPIPE, SIG_DFL);\n/ms or die "run_process_child";
        s/if \(UNLIKELY \(ret < 0\)\)(\s*\{\s*ret = crun_make_error \(err, errno, "writing to pipe"\))/if (UNLIKELY (ret < 0 && errno != EPIPE))$1/;
        /errno != EPIPE/ or die "writing to pipe";
    ' "$file" 2>"$work/log" || give_up "libcrun's way of running hooks has changed"
}

# libcrun keeps compiled seccomp filters by a checksum of their profile, which leaves out errnoRet and defaultErrnoRet, and
# joins all names without a gap. A container would run under the filter of another one that differs in just that.
tell_filters_apart() {
    local file=$work/crun/src/libcrun/seccomp.c
    perl -0pi -e '
        s/gcry_md_write \(hd, \(X\), strlen \(X\)\)/gcry_md_write (hd, (X), strlen (X) + 1)/ or die "PROCESS_STRING";
        s/  PROCESS_STRING \(seccomp->default_action\);\n/$&  uint64_t code = seccomp->default_errno_ret_present ? seccomp->default_errno_ret + 1ULL : 0;\n  PROCESS_DATA (code);\n/ or die "default_action";
        s/( *)PROCESS_STRING \(seccomp->syscalls\[i\]->action\);\n/$&$1code = seccomp->syscalls[i]->errno_ret_present ? seccomp->syscalls[i]->errno_ret + 1ULL : 0;\n$1PROCESS_DATA (code);\n/ or die "action";
    ' "$file" 2>"$work/log" || give_up "libcrun's cache of seccomp filters has changed"
}

compile() {
    cd "$work/crun"
    # --disable-shared with PIC: the archive goes into a position-independent executable. Sections per function let the
    # final link drop what nexcage never calls.
    quietly ./configure --enable-static --disable-shared --with-pic \
        CFLAGS='-O2 -g0 -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2 -ffunction-sections -fdata-sections' ||
        give_up 'configure failed'
    local feature
    for feature in HAVE_CRIU HAVE_DLOPEN HAVE_GCRYPT HAVE_SECCOMP HAVE_CAP HAVE_SYSTEMD; do
        grep -Eq "^#define $feature 1" config.h || give_up "configure found no $feature"
    done
    quietly make -j"$(nproc)" git-version.h libcrun.la || give_up 'make failed'
}

# libcrun re-executes the whole program from an ELF constructor (its answer to CVE-2019-5736), at *every* start, even for
# --version. The constructor's table goes; `nxc_seal_process` does the same where it is needed.
archive_without_constructor() {
    local member
    mkdir "$work/objects"
    cd "$work/objects"
    ar x "$work/crun/.libs/libcrun.a"
    # Some releases put libocispec's objects into libcrun.a, others leave them beside it.
    [[ -f json_common.o ]] || ar x "$work/crun/libocispec/.libs/libocispec.a"
    for member in *.o; do
        readelf -SW "$member" | grep '\.init_array' >/dev/null || continue
        # Anything but the known constructor must be looked at by a person before it is thrown away.
        [[ $(readelf -rW "$member" | awk '/init_array/ { t = 1; next } /^Relocation/ { t = 0 } t && /R_/' | grep -vc libcrun_rexec) == 0 ]] ||
            give_up "$member has an unknown constructor"
        objcopy --remove-section .init_array --remove-section .rela.init_array "$member"
    done
    ar rcsD "$work/libnexcage-crun.a" ./*.o
    # Not `grep -q`: it would end at the first hit, and the broken pipe of readelf would read as "not found".
    ! readelf -SW "$work/libnexcage-crun.a" | grep -E '\.(init_array|ctors|preinit_array)' >/dev/null ||
        give_up 'the constructor is still in the archive'
}

# systemd's library is loaded at first use by our own definitions of sd_*; one that we do not have would fail the final link.
check_trampolines() {
    [[ -r $trampolines ]] || return 0
    local symbol
    while read -r symbol; do
        grep -qw "$symbol" "$trampolines" || give_up "libcrun needs $symbol, which Sources/CLibcrun/nxc_systemd.c does not define"
    done < <(nm -u "$work/libnexcage-crun.a" 2>/dev/null | awk '$2 ~ /^sd_/ { print $2 }' | sort -u)
}

# What the shim must know about this release, found in the headers rather than guessed from a version number.
write_feature_header() {
    local headers=$work/crun/src/libcrun
    printf '// Written by scripts/build-libcrun.sh: what this libcrun looks like.\n#pragma once\n'
    grep -q 'int verbosity, void \*arg' "$headers/error.h" && printf '#define NXC_LIBCRUN_HANDLER_TAKES_VERBOSITY 1\n'
    grep -q 'lsm_profile;' "$headers/container.h" && printf '#define NXC_LIBCRUN_HAS_LSM_OPTIONS 1\n'
    grep -q 'log_to_stderr' "$headers/error.h" || printf '#define NXC_LIBCRUN_HANDLER_WITHOUT_STDERR_FLAG 1\n'
    grep -q 'libcrun_container_delete (libcrun_context_t \*context, const char' "$headers/container.h" &&
        printf '#define NXC_LIBCRUN_DELETE_WITHOUT_DEFINITION 1\n'
    return 0
}

install_result() {
    local version prefix
    version=$(sed -n 's/^#define PACKAGE_VERSION "\(.*\)"/\1/p' "$work/crun/config.h")
    prefix=${NEXCAGE_LIBCRUN_PREFIX:-$home/libcrun-$version-$recipe}
    mkdir -p "${prefix%/*}" "$pkgconfig_dir" || give_up "cannot write to ${prefix%/*} or $pkgconfig_dir"
    # Staged beside its final place, so that the last step is a rename and a killed script leaves no half of it.
    staged=$(mktemp -d "$prefix.XXXXXX")
    chmod 755 "$staged"
    mkdir -p "$staged"/include/{libcrun,ocispec} "$staged/lib"
    cp "$work/crun/config.h" "$work/crun/git-version.h" "$staged/include/"
    cp "$work"/crun/src/libcrun/*.h "$staged/include/libcrun/"
    cp "$work"/crun/libocispec/src/ocispec/*.h "$staged/include/ocispec/"
    write_feature_header >"$staged/include/nexcage-libcrun.h"
    cp "$work/libnexcage-crun.a" "$staged/lib/"
    cp "$work/crun/COPYING.libcrun" "$staged/" # LGPL-2.1: the licence travels with the library

    # A .pc file that points nowhere would break the build that the fallback is meant to save: it goes first, comes last.
    rm -f -- "$pc_file"
    rm -rf -- "$prefix"
    mv -T -- "$staged" "$prefix"
    staged=
    # SwiftPM reads -I, -L, -l and -D from a .pc file and drops the rest. libyajl's archive is named libyajl_s.a: a static
    # link gives it a folder with a libyajl.a of that content. libsystemd is absent on purpose: see nxc_systemd.c.
    {
        printf '# Written by scripts/build-libcrun.sh.\n# stamp: %s\n' "$stamp"
        printf 'prefix=%s\nName: nexcage-libcrun\nDescription: libcrun for nexcage, static, without its ELF constructor\n' "$prefix"
        printf 'Version: %s\n' "$version"
        # shellcheck disable=SC2016 # ${prefix} is pkg-config's variable
        printf 'Cflags: -I${prefix}/include\nLibs: -L${prefix}/lib -lnexcage-crun -lyajl -lseccomp -lcap -lgcrypt -lgpg-error\n'
    } >"$pc_file.new"
    mv -- "$pc_file.new" "$pc_file"
    printf 'build-libcrun: libcrun %s is in %s\n' "$version" "$prefix"
}

require_build_dependencies
fetch_source
unpack_source
let_hooks_close_their_input
tell_filters_apart
compile
archive_without_constructor
check_trampolines
install_result
