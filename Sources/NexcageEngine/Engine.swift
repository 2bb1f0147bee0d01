internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec

/// What a user means by create, run, start, kill…: one call does one thing under the container's lock and leaves.
///
/// An engine keeps nothing between calls and starts no thread: libcrun forks in this process (docs/adr/0001).
public struct Engine: Sendable {
    /// What it works with.
    public let context: Context
    /// The records of the state root.
    public let store: ContainerStore
    /// The backends of this build and configuration.
    public let backends: BackendRegistry

    /// An engine for a context.
    public init(_ context: Context) {
        self.context = context
        store = ContainerStore(
            root: context.configuration.stateRoot,
            durableRoot: context.configuration.dataRoot.appending("containers"))
        backends = BackendRegistry(context)
    }

    /// The backend that a record names, whatever routing would say now.
    func backend(of record: ContainerRecord) throws(NexcageError) -> any RuntimeBackend {
        do throws(NexcageError) {
            return try backends.backend(record.backend)
        } catch {
            throw error.wrapped("container \"\(record.id)\"")
        }
    }

    func container(_ record: ContainerRecord) -> BackendContainer {
        record.backendContainer(in: store.root)
    }

    /// What a container is doing now: the record, corrected by what the kernel says.
    func status(of record: ContainerRecord) throws(NexcageError) -> ContainerStatus {
        let status = try statusBesidesPause(of: record)
        guard status == .running, let process = record.process else { return status }
        do throws(NexcageError) {
            return try CgroupMembership(of: process).isFrozen ? .paused : .running
        } catch {
            // It ended between the two looks.
            guard process.isAlive else { return .stopped }
            throw error
        }
    }

    /// The same for a verb that treats a paused container as a running one.
    func statusBesidesPause(of record: ContainerRecord) throws(NexcageError) -> ContainerStatus {
        guard record.status != .creating else { return .creating }
        guard let process = record.process, process.isAlive else { return .stopped }
        if record.status == .created {
            // A start that was killed before it could write the record has reached the container all the same.
            let started = try backend(of: record).hasStarted(container(record))
            guard started else { return .created }
        }
        return .running
    }

    /// Asks a backend for an ability; the conformances are the table of what it can do.
    func ability<Ability>(
        _ type: Ability.Type, of record: ContainerRecord, verb: String
    ) throws(NexcageError) -> Ability {
        guard let able = try backend(of: record) as? Ability else {
            throw NexcageError(.unsupported, "the \(record.backend) backend cannot \(verb)")
        }
        return able
    }
}
