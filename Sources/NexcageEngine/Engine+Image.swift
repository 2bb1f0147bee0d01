internal import NexcageImages
public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// What `create` and `run` of an image are given.
public struct ImageRequest: Sendable {
    /// The id to be.
    public var id: ContainerID
    /// Where the image is, as the user typed it.
    public var reference: String
    /// What the user asks for beyond the image.
    public var options: ContainerOptions
    /// What `--runtime` said.
    public var runtime: RuntimeChoice?
    /// Whether systemd manages the cgroups.
    public var systemdCgroup = false
    /// Whether standard input reaches the container.
    public var interactive = false
    /// Whether the end of the run removes the container.
    public var removesItself = false
    /// Told what is unpacked, for people who wait.
    public var report: @Sendable (ImageProgress) -> Void = { _ in }

    /// A request with none of the extras.
    public init(id: ContainerID, reference: String, options: ContainerOptions) {
        self.id = id
        self.reference = reference
        self.options = options
    }
}

extension Engine {
    /// Creates a container from an image; its output goes to a file of its own.
    @discardableResult
    public func create(_ request: ImageRequest) throws(NexcageError) -> ContainerRecord {
        guard !request.options.terminal else {
            throw NexcageError(
                .unsupported, "nobody holds the terminal of a container that waits to be started; use run -d -t")
        }
        return try StandardStreams.restoring { () throws(NexcageError) in
            do throws(NexcageError) {
                return try make(request, consoleSocket: nil) { (record) throws(NexcageError) in
                    try StandardStreams.redirect(input: nil, output: imageStore.outputFile(of: record.id))
                }
            } catch {
                // The log of a container that did not come to be is gone, with what a runtime has said there.
                throw error.untold()
            }
        }
    }

    /// Creates and starts a container from an image, and waits for its end.
    ///
    /// - Returns: the exit code of its first process.
    public func run(_ request: ImageRequest) throws(NexcageError) -> Int32 {
        // Before the first signal is blocked: a re-execution would keep the mask.
        try chooseBackend(request).sealProcess()
        let exitCode = try supervise(request.id, terminal: request.options.terminal, nil) {
            (socket) throws(NexcageError) in
            try make(request, consoleSocket: socket) { (_) throws(NexcageError) in
                if !request.interactive { try StandardStreams.redirect(input: nil, output: nil) }
            }
        }
        context.reached(.runEnded)
        if request.removesItself { try delete(request.id, force: true) }
        return exitCode
    }

    private func chooseBackend(_ request: ImageRequest) throws(NexcageError) -> any RuntimeBackend {
        let decision = try Router(context.configuration).route(
            explicit: request.runtime, annotations: request.options.annotations, names: [request.options.name])
        context.logger.debug("container \"\(request.id)\" goes to \(decision.backend): \(decision.reason)")
        try checkSystemd(request.systemdCgroup)
        return try backends.available(
            decision.backend, fallback: context.configuration.fallback, context: context)
    }

    /// From an image to a created container.
    ///
    /// - Parameter redirect: puts our standard streams, which become the container's, where they belong.
    func make(
        _ request: ImageRequest, consoleSocket: FilePath?,
        redirect: (ContainerRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) -> ContainerRecord {
        do throws(NexcageError) {
            let backend = try chooseBackend(request)
            try backend.sealProcess()
            let source = try imageStore.open(request.reference, context, report: request.report)
            var lease = try reserve(request, source, backend)
            context.reached(.createReserved)
            do throws(NexcageError) {
                try assemble(&lease, request, source, backend, consoleSocket, redirect)
            } catch {
                throw Self.failed(error, releasing: lease)
            }
            let record = lease.record
            lease.release()
            return record
        } catch {
            throw error.wrapped("create container \"\(request.id)\"")
        }
    }

    private func reserve(
        _ request: ImageRequest, _ source: ImageSource, _ backend: any RuntimeBackend
    ) throws(NexcageError) -> ContainerLease {
        var record = ContainerRecord(
            id: request.id, backend: backend.name, bundle: imageStore.folder(of: request.id),
            creator: try ProcessIdentity(of: ProcessIdentity.ownPid), created: .now)
        record.name = request.options.name
        record.systemdCgroup = request.systemdCgroup
        var origin = ImageOrigin(reference: request.reference)
        origin.manifestDigest = source.manifestDigest
        origin.removesItself = request.removesItself
        origin.stateRoot = store.root
        if source.parent != nil {
            origin.snapshotDriver = source.driver
            origin.snapshotKey = ImageStore.snapshotKey(of: request.id)
        }
        record.image = origin
        return try store.reserve(record)
    }

    /// The steps that a failure has to undo.
    private func assemble(
        _ lease: inout ContainerLease, _ request: ImageRequest, _ source: ImageSource, _ backend: any RuntimeBackend,
        _ consoleSocket: FilePath?, _ redirect: (ContainerRecord) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        var undo = UndoStack()
        do throws(NexcageError) {
            let record = lease.record
            undo.push("clear its files") { () throws(NexcageError) in try clearImage(record) }
            let root = try imageStore.prepare(request.id, source, context)
            let spec = try imageStore.makeSpec(source, root: root, options: request.options)
            try imageStore.writeBundle(spec, for: request.id)
            context.reached(.createBundleWritten)
            let bundle = try Bundle(at: record.bundle)
            try bundle.checkKernelDirectories()
            lease.record.root = bundle.root
            lease.record.annotations = spec.annotations
            lease.record.ociVersion = spec.ociVersion
            try redirect(lease.record)
            var order = BundleRequest(id: request.id, bundle: record.bundle)
            order.consoleSocket = consoleSocket
            try build(&lease, order, bundle, backend)
            if !request.removesItself { try store.saveDurably(lease.record) }
        } catch {
            throw undo.unwind(after: error)
        }
    }

    /// Removes what the image store holds for a container; each step bears that it was done before.
    func clearImage(_ record: ContainerRecord) throws(NexcageError) {
        guard let image = record.image else { return }
        try imageStore.unmount(record.id)
        context.reached(.deleteUnmounted)
        try imageStore.removeSnapshot(image)
        context.reached(.deleteSnapshotRemoved)
        try imageStore.removeFolder(of: record.id)
    }

    var imageStore: ImageStore { ImageStore(context.configuration) }
}
