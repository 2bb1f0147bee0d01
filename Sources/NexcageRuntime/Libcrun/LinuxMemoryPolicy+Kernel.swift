internal import NexcageSystem
internal import OCISpec

extension LinuxMemoryPolicy {
    /// Gives the caller the policy, which its children inherit (set_mempolicy(2)).
    func apply() throws(NexcageError) {
        do throws(NexcageError) {
            var number = try Self.number(of: mode, in: Self.modes, "mode")
            for flag in flags { number |= try Self.number(of: flag, in: Self.bits, "flag") }
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

    /// The modes by the kernel's numbers (linux/mempolicy.h).
    static let modes: [(name: String, number: Int32)] = [
        ("MPOL_DEFAULT", 0), ("MPOL_PREFERRED", 1), ("MPOL_BIND", 2), ("MPOL_INTERLEAVE", 3), ("MPOL_LOCAL", 4),
        ("MPOL_PREFERRED_MANY", 5), ("MPOL_WEIGHTED_INTERLEAVE", 6),
    ]

    /// The flags by the kernel's bits.
    static let bits: [(name: String, number: Int32)] = [
        ("MPOL_F_NUMA_BALANCING", 1 << 13), ("MPOL_F_RELATIVE_NODES", 1 << 14), ("MPOL_F_STATIC_NODES", 1 << 15),
    ]

    private static func number(
        of name: String, in table: [(name: String, number: Int32)], _ what: String
    ) throws(NexcageError) -> Int32 {
        for entry in table where entry.name == name { return entry.number }
        throw NexcageError(.invalid, "unknown \(what) \(quoted(name))")
    }
}
