#!/usr/bin/env bash
# Puts a CRIU 4 beside the system's, for the tests of checkpoint and restore.
#
# Debian 12's CRIU 3.17 cannot cope with the vDSO of newer kernels, and the package of the next release would pull its C
# library in. So that release's packages are unpacked into a folder of their own and run by their own dynamic loader.
#
# Result:  $home/criu-<suite>/bin/criu; nothing else of the system changes. `make test` puts that folder into PATH.
# Exit:    0 done, or nothing to do; 3 CRIU could not be had, and the tests of checkpoint will be skipped.
set -Eeuo pipefail

readonly home=/usr/local/lib/nexcage
readonly suite=${NEXCAGE_CRIU_SUITE:-trixie}
readonly prefix=$home/criu-$suite

[[ -x $prefix/bin/criu ]] && exit 0

work=$(mktemp -d "${TMPDIR:-/tmp}/nexcage-criu.XXXXXXXX")
staged=
trap 'rm -rf -- "$work" ${staged:+"$staged"}' EXIT

give_up() {
    printf 'install-criu: NO CRIU 4: %s; tests of checkpoint and restore will be skipped\n' "$1" >&2
    [[ -s $work/log ]] && { tail -n 5 "$work/log" | sed 's/^/install-criu:   /' >&2; }
    exit 3
}
trap 'give_up "line $LINENO failed"' ERR

# A host that has a good one already needs no other.
if host_version=$(dpkg-query -W -f '${Version}' criu 2>/dev/null) && dpkg --compare-versions "$host_version" ge 4; then
    exit 0
fi

# apt with folders of its own: the system's source lists and package state stay as they are, signatures are checked.
apt_here() {
    apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/parts" \
        -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none \
        -o Acquire::Retries=3 "$@" >"$work/log" 2>&1
}
mirror=$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
mkdir -p "$work"/{parts,lists/partial,cache/archives/partial}
: >"$work/status"
printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "${mirror:-http://deb.debian.org/debian}" \
    "$suite" /usr/share/keyrings/debian-archive-keyring.gpg >"$work/parts/debian.sources"
for attempt in 1 2 3; do
    apt_here update && apt_here -y --no-install-recommends --download-only install criu && break
    ((attempt < 3)) || give_up "the packages of $suite could not be downloaded"
    sleep "$attempt"
done

# Staged beside its final place, so that the last step is a rename and a killed script leaves no half of it.
mkdir -p "$home"
staged=$(mktemp -d "$prefix.XXXXXX")
chmod 755 "$staged"
for package in "$work"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$staged"
done
loaders=("$staged"/usr/lib*/ld-linux-*.so.*)
libraries=("$staged"/usr/lib/*-linux-gnu*)
[[ -x ${loaders[0]} && -d ${libraries[0]} ]] || give_up "the packages of $suite look unlike what was expected"
write_wrapper() {
    mkdir -p "$staged/bin"
    printf '#!/bin/sh\nexec %s --library-path %s --argv0 criu %s/usr/sbin/criu "$@"\n' \
        "$1/${loaders[0]#"$staged/"}" "$1/${libraries[0]#"$staged/"}" "$1" >"$staged/bin/criu"
    chmod 755 "$staged/bin/criu"
}
write_wrapper "$staged"
"$staged/bin/criu" --version >"$work/log" 2>&1 || give_up 'it does not run on this host'
version=$(sed -n 's/^Version: //p' "$work/log")
write_wrapper "$prefix"
rm -rf -- "$prefix"
mv -T -- "$staged" "$prefix"
staged=
printf 'install-criu: criu %s is in %s\n' "$version" "$prefix"
