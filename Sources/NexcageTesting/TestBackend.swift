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

    private var availability: BackendAvailability {
        switch self {
        case .crun: LibcrunBackend().availability()
        case .runc: OCIRuntimeBackend(name: .runc, program: "runc", runner: LiveCommandRunner()).availability()
        }
    }
}
