public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Engine {
    /// Lets a created container run its program.
    public func start(_ id: ContainerID) throws(NexcageError) {
        var lease = try store.lease(id)
        switch try status(of: lease.record) {
        case .created: break
        case .running: throw NexcageError(.wrongState, "cannot start an already running container")
        case .stopped: throw NexcageError(.wrongState, "cannot start a container that has stopped")
        case let other: throw NexcageError(.wrongState, "cannot start a container in the \(other.rawValue) state")
        }
        try backend(of: lease.record).start(container(lease.record))
        context.reached(.startBackendDone)
        lease.record.status = .running
        try lease.save()
        lease.release()
    }

    /// Sends a signal to a container's first process, or to all of its processes.
    public func kill(_ id: ContainerID, _ signal: Signal, everyProcess: Bool = false) throws(NexcageError) {
        let record = try store.read(id)
        switch try statusBesidesPause(of: record) {
        case .created, .running, .paused: break
        case .creating, .stopped: throw NexcageError(.wrongState, "container not running")
        }
        try backend(of: record).kill(container(record), signal, everyProcess: everyProcess)
    }

    /// Freezes a container.
    public func pause(_ id: ContainerID) throws(NexcageError) {
        let lease = try store.lease(id)
        let status = try status(of: lease.record)
        guard status == .running || status == .created else {
            throw NexcageError(.wrongState, "container not running: it is \(status.rawValue)")
        }
        try ability((any PausableBackend).self, of: lease.record, verb: "pause").pause(container(lease.record))
        try expect(.paused, of: lease.record, after: "pause")
        lease.release()
    }

    /// Lets a frozen container go on.
    public func resume(_ id: ContainerID) throws(NexcageError) {
        let lease = try store.lease(id)
        guard try status(of: lease.record) == .paused else { throw NexcageError(.wrongState, "container not paused") }
        try ability((any PausableBackend).self, of: lease.record, verb: "resume").resume(container(lease.record))
        try expect(.running, of: lease.record, after: "resume")
        lease.release()
    }

    /// Reads back what a backend says it did.
    private func expect(_ wanted: ContainerStatus, of record: ContainerRecord, after verb: String) throws(NexcageError)
    {
        let found = try status(of: record)
        // A container that was frozen before its start is created again when it thaws.
        guard found == wanted || (wanted == .running && found == .created) || record.status == .created else {
            throw NexcageError(.failed, "\(verb): the container is \(found.rawValue) afterwards")
        }
    }

    /// Asks a container to end, waits, and kills it when the time is over.
    ///
    /// - Parameters:
    ///   - signal: nil is the image's stop signal, else SIGTERM.
    ///   - timeout: zero kills at once.
    public func stop(_ id: ContainerID, signal: Signal? = nil, timeout: Duration) throws(NexcageError) {
        let record = try store.read(id)
        guard let process = record.process, process.isAlive else { return }
        let backend = try backend(of: record)
        let container = container(record)
        if try status(of: record) == .paused { try resume(id) }
        if timeout > .zero {
            let chosen = if let signal { signal } else { try stopSignal(of: record) }
            try passingOver(.wrongState) { () throws(NexcageError) in
                try backend.kill(container, chosen, everyProcess: false)
            }
            if process.waitUntilGone(timeout: timeout) { return }
            context.logger.info("container \"\(id)\" did not end within \(timeout) and is killed")
        }
        try passingOver(.wrongState) { () throws(NexcageError) in
            try backend.kill(container, .kill, everyProcess: false)
        }
        guard process.waitUntilGone(timeout: .seconds(30)) else {
            throw NexcageError(.failed, "stop container \"\(id)\": process \(process.pid) does not die")
        }
    }

    private func stopSignal(of record: ContainerRecord) throws(NexcageError) -> Signal {
        guard let word = record.annotations["org.opencontainers.image.stopSignal"] else { return .terminate }
        return try Signal(word)
    }

    /// Runs `body`, for which an error of one kind means that what it should achieve is so already.
    func passingOver(_ code: ErrorCode, _ body: () throws(NexcageError) -> Void) throws(NexcageError) {
        do throws(NexcageError) {
            try body()
        } catch let error where error.code == code {
            context.logger.debug("\(error)")
        }
    }
}
