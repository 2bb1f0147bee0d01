internal import NexcageSystem
internal import OCISpec

extension LinuxMemoryPolicy {
    /// Gives the caller the policy, which its children inherit (set_mempolicy(2)).
    func apply() throws(NexcageError) {
        do throws(NexcageError) {
            var number = try modeForKernel()
            for flag in flags { number |= try Self.bit(of: flag) }
            let list = try nodes.map { (text) throws(NexcageError) in
                text.isEmpty ? NumberSet() : try NumberSet(parsing: text)
            }
            try ProcessPlacement.setMemoryPolicy(mode: number, nodes: list ?? NumberSet())
        } catch {
            throw error.wrapped("linux.memoryPolicy")
        }
    }

    /// Undoes ``apply()``.
    static func reset() throws(NexcageError) {
        try ProcessPlacement.setMemoryPolicy(mode: 0, nodes: NumberSet())
    }

    /// linux/mempolicy.h.
    private func modeForKernel() throws(NexcageError) -> Int32 {
        switch mode {
        case "MPOL_DEFAULT": return 0
        case "MPOL_PREFERRED": return 1
        case "MPOL_BIND": return 2
        case "MPOL_INTERLEAVE": return 3
        case "MPOL_LOCAL": return 4
        case "MPOL_PREFERRED_MANY": return 5
        case "MPOL_WEIGHTED_INTERLEAVE": return 6
        default: throw NexcageError(.invalid, "unknown mode \(quoted(mode))")
        }
    }

    private static func bit(of flag: String) throws(NexcageError) -> Int32 {
        switch flag {
        case "MPOL_F_NUMA_BALANCING": return 1 << 13
        case "MPOL_F_RELATIVE_NODES": return 1 << 14
        case "MPOL_F_STATIC_NODES": return 1 << 15
        default: throw NexcageError(.invalid, "unknown flag \(quoted(flag))")
        }
    }
}
