public import NexcageSystem

extension OCIRuntimeBackend: RefusingBackend {
    /// What the installed release of runc or crun passes over without a word; nothing for other programs, of which no more
    /// is known than that they claim to be OCI runtimes.
    public func refusedMembers() throws(NexcageError) -> [String] {
        let version = try version()
        return Self.unknown(SpecMember.allCases, to: version).map(\.rawValue)
    }

    /// Refuses members that the program would drop. Costs a call of the program, so only documents pay that use one.
    func refuseUnknown(_ members: [SpecMember]) throws(NexcageError) {
        guard !members.isEmpty else { return }
        let version = try version()
        guard let member = Self.unknown(members, to: version).first else { return }
        throw NexcageError(.unsupported, "\(member.rawValue) is not supported by \(version); use another runtime")
    }

    /// - Parameter version: the first line of `--version`, `runc version 1.1.5+ds1`.
    static func unknown(_ members: [SpecMember], to version: String) -> [SpecMember] {
        let words = version.split(separator: " ")
        guard words.count >= 3, let release = RuntimeRelease(parsing: words[2]) else { return [] }
        let implementation: SpecMember.Implementation
        switch words[0] {
        case "runc": implementation = .runc
        case "crun": implementation = .crun
        default: return []
        }
        return members.filter { !$0.isKnown(to: implementation, release) }
    }
}
