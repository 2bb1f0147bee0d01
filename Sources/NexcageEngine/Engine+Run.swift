internal import NexcageRuntime
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Engine {
    /// Creates and starts a container from a bundle; in the foreground it waits for its end and removes it.
    ///
    /// - Parameters:
    ///   - detached: return once it runs.
    ///   - keep: do not remove the container after its end.
    /// - Returns: the exit code of its first process (128 + n after signal n), 0 if it is detached.
    public func run(_ request: BundleRequest, detached: Bool, keep: Bool = false) throws(NexcageError) -> Int32 {
        if detached {
            try create(request)
            try startOrDelete(request.id)
            return 0
        }
        let bundle = try Bundle(at: request.bundle)
        // Before the first signal is blocked: a re-execution would keep the mask.
        try chooseBackend(request, bundle).sealProcess()
        let exitCode = try supervise(
            request.id, terminal: bundle.spec.process?.terminal ?? false, request.consoleSocket
        ) {
            (socket) throws(NexcageError) in
            var request = request
            request.consoleSocket = socket ?? request.consoleSocket
            return try create(request)
        }
        context.reached(.runEnded)
        if !keep { try delete(request.id, force: true) }
        return exitCode
    }

    /// Creates with `create`, starts and stays beside the container.
    func supervise(
        _ id: ContainerID, terminal: Bool, _ consoleSocket: FilePath?,
        create: (FilePath?) throws(NexcageError) -> ContainerRecord
    ) throws(NexcageError) -> Int32 {
        try ChildReaper.begin()
        let signals = try SignalDescriptor()
        let record: ContainerRecord
        let relay: TerminalRelay?
        if terminal, consoleSocket == nil {
            let socket = try listenForConsole()
            record = try create(socket.path)
            do throws(NexcageError) {
                relay = TerminalRelay(master: try socket.receive())
            } catch {
                throw deleting(id, after: error)
            }
        } else {
            record = try create(nil)
            relay = nil
        }
        guard let process = record.process else {
            throw NexcageError(.failed, "container \"\(id)\" has no process after its creation")
        }
        var run = ForegroundRun(signals: signals, process: process, relay: relay)
        try startOrDelete(id)
        context.reached(.runStarted)
        return try run.wait()
    }

    /// Where a container that is being created sends its terminal.
    func listenForConsole() throws(NexcageError) -> ConsoleSocket {
        let folder = context.configuration.stateRoot.appending(".consoles")
        try HostDirectory.create(folder)
        return try ConsoleSocket(in: folder, name: "\(ProcessIdentity.ownPid).sock")
    }

    /// A container that cannot be started is of no use to somebody who wanted it run.
    func startOrDelete(_ id: ContainerID) throws(NexcageError) {
        do throws(NexcageError) {
            try start(id)
        } catch {
            throw deleting(id, after: error)
        }
    }

    /// The error that made a container useless, once it is deleted.
    func deleting(_ id: ContainerID, after first: NexcageError) -> NexcageError {
        do throws(NexcageError) {
            try delete(id, force: true)
            return first
        } catch {
            return first.alsoFailing(error)
        }
    }
}
