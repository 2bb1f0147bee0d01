extension RuntimeSpec {
    /// The configuration that `spec` prints as a start: a shell in a read-only root with runc's usual limits.
    ///
    /// Its version is the oldest that has all its members, so that every runtime accepts it.
    ///
    /// - Parameters:
    ///   - rootless: whether it is for a user without privileges: a user namespace, no network namespace, no cgroup.
    ///   - uid: that user's id on the host.
    ///   - gid: that user's group id on the host.
    ///   - cgroupNamespace: whether to ask for a cgroup namespace, as runc does on a host with cgroup v2 alone.
    public static func example(
        rootless: Bool = false, uid: UInt32 = 0, gid: UInt32 = 0, cgroupNamespace: Bool = false
    ) -> RuntimeSpec {
        var spec = RuntimeSpec(ociVersion: "1.0.2")
        spec.process = .example
        spec.root = RootSpec(path: "rootfs", readonly: true)
        spec.hostname = "nexcage"
        spec.mounts = exampleMounts(rootless: rootless)
        var linux = LinuxSpec()
        if rootless {
            linux.uidMappings = [IDMapping(containerID: 0, hostID: uid, size: 1)]
            linux.gidMappings = [IDMapping(containerID: 0, hostID: gid, size: 1)]
        } else {
            var resources = LinuxResources()
            resources.devices = [LinuxDeviceRule(allow: false, access: "rwm")]
            linux.resources = resources
        }
        let kinds: [LinuxNamespaceKind] =
            rootless ? [.pid, .ipc, .uts, .mount, .user] : [.pid, .network, .ipc, .uts, .mount]
        linux.namespaces = (cgroupNamespace ? kinds + [.cgroup] : kinds).map { LinuxNamespace($0) }
        linux.maskedPaths = [
            "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
            "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware", "/proc/scsi",
        ]
        linux.readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
        spec.linux = linux
        return spec
    }

    private static func exampleMounts(rootless: Bool) -> [MountSpec] {
        let closed = ["nosuid", "noexec", "nodev"]
        // Group 5 (tty) is not mapped into the user namespace of an unprivileged user.
        let terminals = ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] + (rootless ? [] : ["gid=5"])
        return [
            mount("/proc", "proc", "proc", []),
            mount("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
            mount("/dev/pts", "devpts", "devpts", terminals),
            mount("/dev/shm", "tmpfs", "shm", closed + ["mode=1777", "size=65536k"]),
            mount("/dev/mqueue", "mqueue", "mqueue", closed),
            // sysfs shows the network namespace's owner, so without one of his own a user can only bind it.
            rootless
                ? mount("/sys", "none", "/sys", ["rbind"] + closed + ["ro"])
                : mount("/sys", "sysfs", "sysfs", closed + ["ro"]),
            mount("/sys/fs/cgroup", "cgroup", "cgroup", closed + ["relatime", "ro"]),
        ]
    }

    private static func mount(
        _ destination: String, _ type: String, _ source: String, _ options: [String]
    ) -> MountSpec {
        MountSpec(destination: destination, type: type, source: source, options: options)
    }
}

extension ProcessSpec {
    fileprivate static var example: ProcessSpec {
        let kept = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
        var capabilities = CapabilitySets()
        capabilities.bounding = kept
        capabilities.effective = kept
        capabilities.permitted = kept
        capabilities.ambient = kept
        var process = ProcessSpec()
        process.terminal = true
        process.args = ["sh"]
        process.env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"]
        process.cwd = "/"
        process.capabilities = capabilities
        process.rlimits = [ResourceLimit(type: "RLIMIT_NOFILE", hard: 1024, soft: 1024)]
        process.noNewPrivileges = true
        return process
    }
}
