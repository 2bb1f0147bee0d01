internal import Glibc
internal import NexcageSystem

/// The places between two steps of a verb at which `NEXCAGE_DEBUG_STOP=<name>` kills the process with SIGKILL, to prove that
/// whatever a crash leaves there is listed and can be deleted.
public enum DebugStop: String, Sendable, CaseIterable {
    case createReserved = "create.reserved"
    case createSnapshotPrepared = "create.snapshot-prepared"
    case createMounted = "create.mounted"
    case createBundleWritten = "create.bundle-written"
    case createBackendDone = "create.backend-done"
    case createRecorded = "create.recorded"
    case startBackendDone = "start.backend-done"
    case runStarted = "run.started"
    case runEnded = "run.ended"
    case deleteBackendDone = "delete.backend-done"
    case deleteUnmounted = "delete.unmounted"
    case deleteSnapshotRemoved = "delete.snapshot-removed"
    case unpackLayerApplied = "unpack.layer-applied"

    static func requested() -> DebugStop? {
        Environment.value(of: "NEXCAGE_DEBUG_STOP").flatMap { DebugStop(rawValue: $0) }
    }

    func die() {
        kill(getpid(), SIGKILL)
    }
}
