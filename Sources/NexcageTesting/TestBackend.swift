import NexcageRuntime
import NexcageSystem
import Testing

/// The backends that the tests of the OCI verbs run over.
package enum TestBackend: String, CaseIterable, Sendable {
    case crun
    case runc

    /// Cancels a test whose backend this host has not, which the runner counts as skipped; crun must be there.
    package func require() throws {
        guard case .missing(let reason) = availability else { return }
        // Without its default backend nexcage proves nothing: that is a failure of the set-up and no skip.
        guard self != .crun else { throw NexcageError(.unavailable, "run scripts/setup.sh first: \(reason)") }
        try Test.cancel("\(rawValue): \(reason)")
    }

    /// Whether a program does the work, not libcrun in this process; such a program tells its errors itself.
    package var isProgram: Bool { self == .runc || !LibcrunBackend.isBuiltIn }

    /// Cancels a test of what only libcrun in this process can do, in a build that could not have it.
    package static func requireLibcrun() throws {
        guard crun.isProgram else { return }
        try Test.cancel("libcrun is not part of this build, and the crun program cannot do this")
    }

    /// The place of a test that needs ``requireLibcrun()``.
    package static func scratchWithLibcrun() throws -> Scratch {
        try requireLibcrun()
        return try Scratch(.crun)
    }

    /// Cancels a test of what Debian's crun program cannot do, in a build that could not have libcrun.
    package func requireCRIU() throws {
        guard self == .crun, isProgram else { return }
        try Test.cancel("libcrun is not part of this build, and the crun program was built without CRIU")
    }

    private var availability: BackendAvailability {
        switch self {
        case .crun where LibcrunBackend.isBuiltIn: LibcrunBackend().availability()
        case .crun: OCIRuntimeBackend(name: .crun, program: "crun", runner: LiveCommandRunner()).availability()
        case .runc: OCIRuntimeBackend(name: .runc, program: "runc", runner: LiveCommandRunner()).availability()
        }
    }
}
