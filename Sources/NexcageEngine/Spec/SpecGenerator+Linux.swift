internal import OCISpec

extension SpecGenerator {
    /// Namespaces, limits and what of /proc and /sys the container must not see or change.
    func linux() -> LinuxSpec {
        var linux = LinuxSpec()
        linux.namespaces = [.pid, .ipc, .uts, .mount, .cgroup].map { LinuxNamespace($0) }
        if !options.hostNetwork { linux.namespaces.append(LinuxNamespace(.network)) }
        linux.resources = resources()
        linux.maskedPaths = Self.maskedPaths
        linux.readonlyPaths = Self.readonlyPaths
        linux.rootfsPropagation = "rprivate"
        if options.filtersSystemCalls {
            linux.seccomp = DefaultSeccompProfile.make(capabilities: options.capabilities)
        }
        return linux
    }

    private func resources() -> LinuxResources {
        var resources = LinuxResources()
        resources.devices = Self.deviceRules
        if let memory = options.memory, memory.bytes > 0 {
            var limit = LinuxMemory()
            limit.limit = memory.bytes
            resources.memory = limit
        }
        if let cpus = options.cpus {
            var limit = LinuxCPU()
            limit.quota = cpus.quota
            limit.period = CPUCount.period
            resources.cpu = limit
        }
        resources.pids = options.pidsLimit.map { LinuxPids(limit: $0) }
        return resources
    }

    /// Nothing is allowed but to make nodes, and to use the harmless ones that every container has.
    private static let deviceRules: [LinuxDeviceRule] =
        [
            LinuxDeviceRule(allow: false, access: "rwm"),
            LinuxDeviceRule(allow: true, type: "c", access: "m"),
            LinuxDeviceRule(allow: true, type: "b", access: "m"),
            // Every pseudo-terminal.
            LinuxDeviceRule(allow: true, type: "c", major: 136, access: "rwm"),
        ]
        // null, zero, full, random, urandom, tty, ptmx
        + [(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 2)].map { (major, minor) in
            LinuxDeviceRule(allow: true, type: "c", major: major, minor: minor, access: "rwm")
        }

    /// What tells about the host or its other containers, or burns its power.
    private static let maskedPaths = [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
        "/sys/devices/virtual/powercap", "/sys/firmware",
    ]

    /// What changes the host when written.
    private static let readonlyPaths = [
        "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ]
}
