internal import CLibcrun
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// The newer members of config.json that libcrun does not know and that we apply around it: some are inherited from the
/// process that creates the container, others are given to its first process while that waits for its start.
struct LibcrunAttributes {
    /// What neither libcrun 1.8 nor we apply.
    private static let unsupported: [NewerField] = [
        .execCPUAffinity, .rdma, .intelRdt, .intelRdtMonitoring, .intelRdtSchemata, .netDevices,
    ]

    private let memoryPolicy: MemoryPolicy?
    /// Lines for /proc/PID/timens_offsets of a new time namespace; nil without one.
    private let timeOffsets: String?
    private let scheduling: ProcessAttributes.Scheduling?
    private let ioPriority: IOPrioritySpec?
    private let burst: UInt64?

    /// - Throws: `unsupported` for a member that nobody would apply, `invalid` for a value that the kernel does not have.
    init(_ spec: RuntimeSpec) throws(NexcageError) {
        // In the usual document there is none of all this.
        let present = NewerField.present(in: spec)
        if let field = present.first(where: { Self.unsupported.contains($0) }) { try Self.refuse(field) }
        memoryPolicy = try spec.linux?.memoryPolicy.map { (policy) throws(NexcageError) in try MemoryPolicy(policy) }
        timeOffsets = Self.hasNewTimeNamespace(spec) ? try Self.lines(spec.linux?.timeOffsets ?? [:]) : nil
        scheduling = spec.process?.scheduler.map { ProcessAttributes.Scheduling($0) }
        ioPriority = spec.process?.ioPriority
        burst = spec.linux?.resources?.cpu?.burst
    }

    /// Whether the container shall have a time namespace that does not exist yet.
    static func hasNewTimeNamespace(_ spec: RuntimeSpec) -> Bool {
        spec.linux?.namespaces.contains { $0.kind == .time && $0.path == nil } ?? false
    }

    private static func lines(_ offsets: [String: LinuxTimeOffset]) throws(NexcageError) -> String {
        var text = ""
        for clock in offsets.keys.sorted() {
            guard clock == "monotonic" || clock == "boottime" else {
                throw NexcageError(.invalid, "config.json: linux.timeOffsets: unknown clock \(quoted(clock))")
            }
            let offset = offsets[clock]
            text += "\(clock) \(offset?.secs ?? 0) \(offset?.nanosecs ?? 0)\n"
        }
        return text
    }

    /// Calls libcrun with what its child passes on.
    func withInherited(
        _ context: inout nxc_crun_context, _ body: (inout nxc_crun_context) -> Int32
    ) -> Int32 {
        var strings = CStrings()
        context.time_offsets = timeOffsets.map { strings.copy($0) } ?? nil
        guard let memoryPolicy else { return body(&context) }
        return memoryPolicy.nodes.withUnsafeBufferPointer { nodes in
            context.memory_mode = memoryPolicy.mode
            context.memory_nodes = nodes.baseAddress
            context.memory_node_words = nodes.count
            return body(&context)
        }
    }

    /// Gives the waiting process what it does not have yet, and its control group too.
    func apply(to process: ProcessIdentity) throws(NexcageError) {
        if let scheduling { try ProcessAttributes.setScheduling(scheduling, of: process.pid) }
        if let ioPriority {
            try ProcessAttributes.setIOPriority(class: ioPriority.ioClass, ioPriority.priority, of: process.pid)
        }
        if let burst { try Self.write(burst: burst, for: process) }
    }

    /// Takes over what a further process shall have: libcrun forks it from this one.
    ///
    /// - Throws: `unsupported` for what a fork does not pass on.
    static func inherit(from process: ProcessSpec) throws(NexcageError) {
        if process.execCPUAffinity != nil { try refuse(.execCPUAffinity) }
        if let scheduler = process.scheduler {
            guard scheduler.policy != "SCHED_DEADLINE", !scheduler.flags.contains("SCHED_FLAG_RESET_ON_FORK") else {
                throw NexcageError(
                    .unsupported,
                    "exec: SCHED_DEADLINE and SCHED_FLAG_RESET_ON_FORK cannot be given to a further process")
            }
            try ProcessAttributes.setScheduling(.init(scheduler), of: 0)
        }
        if let priority = process.ioPriority {
            try ProcessAttributes.setIOPriority(class: priority.ioClass, priority.priority, of: 0)
        }
    }

    private static func refuse(_ fields: NewerField...) throws(NexcageError) {
        try NewerField.refuse(fields, "the backend crun (libcrun \(LibcrunBackend.version))")
    }

    private static func write(burst: UInt64, for process: ProcessIdentity) throws(NexcageError) {
        let groups = try CgroupMembership(of: process)
        guard let folder = groups.directory(of: "cpu") else {
            throw NexcageError(.unsupported, "linux.resources.cpu.burst: this host has no cpu controller")
        }
        let isV1 = groups.v1Directory(of: "cpu") != nil
        let file = folder.appending(isV1 ? "cpu.cfs_burst_us" : "cpu.max.burst")
        do throws(NexcageError) {
            try CgroupFile(file).write("\(burst)")
        } catch {
            throw error.wrapped("linux.resources.cpu.burst")
        }
    }
}

/// The arguments of set_mempolicy(2).
private struct MemoryPolicy {
    /// The mode with its flags.
    let mode: Int32
    /// A bit for each node.
    let nodes: [UInt64]

    private static let modes = [
        "MPOL_DEFAULT", "MPOL_PREFERRED", "MPOL_BIND", "MPOL_INTERLEAVE", "MPOL_LOCAL", "MPOL_PREFERRED_MANY",
        "MPOL_WEIGHTED_INTERLEAVE",
    ]
    private static let flags: [(name: String, value: Int32)] = [
        ("MPOL_F_STATIC_NODES", 1 << 15), ("MPOL_F_RELATIVE_NODES", 1 << 14), ("MPOL_F_NUMA_BALANCING", 1 << 13),
    ]

    init(_ policy: LinuxMemoryPolicy) throws(NexcageError) {
        guard let number = Self.modes.firstIndex(of: policy.mode) else {
            throw NexcageError(.invalid, "config.json: linux.memoryPolicy: unknown mode \(quoted(policy.mode))")
        }
        var mode = Int32(number)
        for name in policy.flags {
            guard let flag = Self.flags.first(where: { $0.name == name }) else {
                throw NexcageError(.invalid, "config.json: linux.memoryPolicy: unknown flag \(quoted(name))")
            }
            mode |= flag.value
        }
        self.mode = mode
        nodes = try Self.bits(policy.nodes ?? "")
    }

    /// A list as `0-2,5` (cpuset(7), "List format") as a bit map.
    private static func bits(_ list: String) throws(NexcageError) -> [UInt64] {
        var words: [UInt64] = []
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends[0], let last = ends[ends.count - 1], 0 <= first, first <= last, last < 1024 else {
                throw NexcageError(.invalid, "config.json: linux.memoryPolicy: invalid nodes \(quoted(list))")
            }
            for node in first...last {
                while words.count <= node / 64 { words.append(0) }
                words[node / 64] |= 1 << UInt64(node % 64)
            }
        }
        return words
    }
}

extension ProcessAttributes.Scheduling {
    /// What a process asks for.
    init(_ spec: SchedulerSpec) {
        self.init(policy: spec.policy)
        flags = spec.flags
        nice = spec.nice ?? 0
        priority = spec.priority ?? 0
        runtime = spec.runtime ?? 0
        deadline = spec.deadline ?? 0
        period = spec.period ?? 0
    }
}
