# What is measured on: bundles and an image of Debian's static busybox. Sourced by run.sh.

make_rootfs() {
    local name
    mkdir -p "$1"/{bin,proc,dev,sys,tmp,etc}
    cp "$(command -v busybox)" "$1/bin/busybox"
    for name in sh true sleep; do ln -s busybox "$1/bin/$name"; done
}

# A bundle: FOLDER, then what jq shall change in the config.json that `runc spec` writes.
make_bundle() {
    local folder=$1
    shift
    mkdir -p "$folder"
    cp -a "$work/rootfs" "$folder/rootfs"
    (cd "$folder" && runc spec)
    jq --slurpfile seccomp "$work/seccomp.json" '.process.terminal = false | '"$*" "$folder/config.json" \
        >"$folder/new.json"
    mv "$folder/new.json" "$folder/config.json"
}

# podman's default profile as a config.json has it: the rules for this machine and a default set of capabilities.
make_seccomp_profile() {
    jq --argjson have '["CAP_CHOWN","CAP_DAC_OVERRIDE","CAP_FSETID","CAP_FOWNER","CAP_SETGID","CAP_SETUID",
        "CAP_SETFCAP","CAP_SETPCAP","CAP_NET_BIND_SERVICE","CAP_SYS_CHROOT","CAP_KILL"]' '
        def here($arches): $arches == null or $arches == [] or ($arches | index("amd64")) != null;
        def has($caps): ($caps // []) - $have | length == 0;
        {
            defaultAction, defaultErrnoRet,
            architectures: [.archMap[] | select(.architecture == "SCMP_ARCH_X86_64")
                | .architecture, .subArchitectures[]],
            syscalls: [
                .syscalls[]
                | select(here(.includes.arches) and has(.includes.caps))
                | select((.excludes.arches // [] | index("amd64")) == null)
                | select((.excludes.caps // []) | length == 0 or (. - $have | length) == length)
                | {names, action, errnoRet, args: (.args // [])} | with_entries(select(.value != null))
            ]
        }' /usr/share/containers/seccomp.json >"$work/seccomp.json"
}

make_image() {
    umoci init --layout "$work/image"
    umoci new --image "$work/image:busybox"
    umoci insert --image "$work/image:busybox" "$work/rootfs" /
    umoci config --image "$work/image:busybox" --config.cmd /bin/true
}

podman_here() {
    podman --root "$work/podman/root" --runroot "$work/podman/run" --tmpdir "$work/podman/tmp" \
        --cgroup-manager cgroupfs --events-backend file "$@"
}

make_fixtures() {
    make_rootfs "$work/rootfs"
    make_seccomp_profile
    make_bundle "$work/plain" '.process.args = ["/bin/true"]'
    make_bundle "$work/seccomp" '.process.args = ["/bin/true"] | .linux.seccomp = $seccomp[0]'
    make_bundle "$work/sleeping" '.process.args = ["/bin/sleep", "1000"]'
    make_image >>"$log" 2>&1
}
