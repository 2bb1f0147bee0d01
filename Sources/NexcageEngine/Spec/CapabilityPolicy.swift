public import NexcageSystem
internal import SystemPackage

/// Which capabilities a container gets, from the `--cap-add` and `--cap-drop` flags; see capabilities(7).
public struct CapabilityPolicy: Sendable, Hashable {
    /// The names with their prefix, such as `CAP_NET_RAW`, in the kernel's order.
    public let names: [String]

    /// What a container has when nothing else is asked for: the fourteen that Docker documents.
    public static let usual = CapabilityPolicy([
        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID",
        "SETPCAP", "NET_BIND_SERVICE", "NET_RAW", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP",
    ])

    private init(_ shortNames: [String]) {
        names = shortNames.map { "CAP_" + $0 }
    }

    /// The usual capabilities without the dropped and with the added ones, as docker works it out.
    ///
    /// Names may be in either case and without `CAP_`. `ALL` added starts from every capability that this process may
    /// give away, `ALL` dropped starts from none.
    ///
    /// - Throws: `usage` for a name that Linux does not have.
    public init(adding: [String], dropping: [String] = []) throws(NexcageError) {
        let added = try adding.map(Self.shortName)
        let dropped = try dropping.map(Self.shortName)
        var chosen: [String]
        if added.contains("ALL") {
            chosen = try Self.givable()
        } else if dropped.contains("ALL") {
            chosen = []
        } else {
            chosen = Self.usual.names.map { String($0.dropFirst(4)) }
        }
        chosen.removeAll { dropped.contains($0) }
        chosen += added
        self.init(Self.kernelOrder.filter { chosen.contains($0) })
    }

    private static func shortName(_ text: String) throws(NexcageError) -> String {
        let upper = text.uppercased()
        let short = upper.hasPrefix("CAP_") ? String(upper.dropFirst(4)) : upper
        guard short == "ALL" || kernelOrder.contains(short) else {
            throw NexcageError(.usage, "capability \(quoted(text)): no such capability; see capabilities(7)")
        }
        return short
    }

    /// The bounding set of this process: a host may lack some (a container of its own does), and asking the kernel for
    /// one of those would fail the whole container.
    private static func givable() throws(NexcageError) -> [String] {
        let status = String(decoding: try HostFile.read("/proc/self/status"), as: UTF8.self)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapBnd:\t") }),
            let mask = UInt64(line.dropFirst("CapBnd:\t".count), radix: 16)
        else { throw NexcageError(.failed, "read \"/proc/self/status\": no line CapBnd") }
        return kernelOrder.enumerated().filter { mask >> UInt64($0.offset) & 1 == 1 }.map(\.element)
    }

    /// Every capability by its full name, in the kernel's order.
    static var allNames: [String] { kernelOrder.map { "CAP_" + $0 } }

    /// Every capability up to Linux 6.x; the index is the kernel's number.
    private static let kernelOrder = [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
        "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
        "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
        "CHECKPOINT_RESTORE",
    ]
}
