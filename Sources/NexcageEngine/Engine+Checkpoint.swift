public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Engine {
    /// Dumps a container with CRIU; unless it is left running or only pre-dumped it is gone afterwards, as runc has it.
    public func checkpoint(_ id: ContainerID, _ options: CheckpointOptions) throws(NexcageError) {
        let lease = try store.lease(id)
        let status = try status(of: lease.record)
        guard status == .running || status == .paused else {
            throw NexcageError(
                .wrongState, "container not running: cannot checkpoint it while it is \(status.rawValue)")
        }
        let backend = try ability((any CheckpointableBackend).self, of: lease.record, verb: "checkpoint")
        try HostDirectory.create(options.imagePath)
        try HostDirectory.create(options.workPath)
        try backend.checkpoint(container(lease.record), options)
        let images = try HostDirectory.entries(options.imagePath)
        guard images.contains(where: { $0.string.hasSuffix(".img") }) else {
            throw NexcageError(.failed, "checkpoint container \"\(id)\": CRIU left no images")
        }
        guard !options.leaveRunning, !options.preDump else { return lease.release() }
        lease.release()
        try delete(id, force: true)
    }

    /// Brings a dumped container back under an id that is free.
    ///
    /// - Returns: 0 if detached, else the exit code of its first process.
    public func restore(
        _ request: BundleRequest, _ options: CheckpointOptions, detached: Bool
    ) throws(NexcageError) -> Int32 {
        do throws(NexcageError) {
            guard HostDirectory.isDirectory(options.imagePath) else {
                throw NexcageError(.notFound, "image path \(quoted(options.imagePath.string)) is not a directory")
            }
            let bundle = try Bundle(at: request.bundle)
            let chosen = try chooseBackend(request, bundle)
            guard let backend = chosen as? any CheckpointableBackend else {
                throw NexcageError(.unsupported, "the \(chosen.name) backend cannot restore")
            }
            try backend.sealProcess()
            if !detached { try ChildReaper.begin() }
            let signals = detached ? nil : try SignalDescriptor()
            let process = try restore(request, options, bundle, backend)
            guard let signals else { return 0 }
            var run = ForegroundRun(signals: signals, process: process, relay: nil)
            let exitCode = try run.wait()
            try delete(request.id, force: true)
            return exitCode
        } catch {
            throw error.wrapped("restore container \"\(request.id)\"")
        }
    }

    private func restore(
        _ request: BundleRequest, _ options: CheckpointOptions, _ bundle: Bundle, _ backend: any CheckpointableBackend
    ) throws(NexcageError) -> ProcessIdentity {
        var lease = try reserve(request, bundle, backend)
        var undo = UndoStack()
        do throws(NexcageError) {
            try HostDirectory.create(options.workPath)
            var order = CreateRequest(container: container(lease.record), bundle: bundle)
            order.lockDescriptor = lease.lockDescriptor
            var options = options
            options.consoleSocket = request.consoleSocket
            let process = try backend.restore(order, options)
            var made = order.container
            made.process = process
            let container = made
            undo.push("delete it") { () throws(NexcageError) in try backend.delete(container, force: true) }
            lease.record.process = process
            lease.record.status = .running
            try lease.save()
            if let file = request.pidFile {
                try HostFile.replace(file, with: Array("\(process.pid)".utf8), mode: 0o644, durability: .boot)
            }
            lease.release()
            return process
        } catch {
            throw Self.failed(undo.unwind(after: error), releasing: lease)
        }
    }
}
