extension SpecValidator {
    /// Files of procfs that lxcfs and the like stand in for, and that nothing of a container's protection goes through.
    private static let replaceable = [
        "/proc/cpuinfo", "/proc/diskstats", "/proc/meminfo", "/proc/stat", "/proc/swaps", "/proc/uptime",
        "/proc/loadavg",
        "/proc/slabinfo", "/proc/net/dev", "/proc/sys/kernel/ns_last_pid", "/proc/sys/crypto/fips_enabled",
    ]

    /// Masks, labels and capabilities are set through /proc: what lies there must be the kernel's own
    /// (CVE-2019-16884, CVE-2019-19921, CVE-2025-52881). The same rule as runc's.
    mutating func checkBelowProc(_ mount: MountSpec, at keyPath: String) {
        // Names are compared, so they have to be in their plain form first.
        guard let path = Self.plainPath(mount.destination) else { return }
        let isBind = mount.options.contains("bind") || mount.options.contains("rbind")
        if path == "/proc" {
            if !isBind, mount.type != "proc" {
                report(keyPath, "only procfs can be mounted on \"/proc\"", .mounts)
            } else if isBind, Self.plainPath(mount.source ?? "") != "/proc" {
                report(keyPath, "only the host's \"/proc\" can be bound to \"/proc\"", .mounts)
            }
        } else if path.utf8.starts(with: "/proc/".utf8), !Self.replaceable.contains(path) {
            report(keyPath, "\(mount.destination.quoted) cannot be mounted because it is inside /proc", .mounts)
        }
    }

    /// An absolute path without empty parts, dots and steps back; nil for a path that cannot begin with /proc.
    private static func plainPath(_ path: String) -> String? {
        // Most destinations end here, without a copy.
        guard path.utf8.contains(UInt8(ascii: "p")) else { return nil }
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        guard parts.first == "proc" else { return nil }
        return "/" + parts.joined(separator: "/")
    }
}
