public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
public import SystemPackage

/// What `create` and `run` of an OCI bundle are given.
public struct BundleRequest: Sendable {
    /// The id to be.
    public var id: ContainerID
    /// The bundle's directory.
    public var bundle: FilePath
    /// What `--runtime` said.
    public var runtime: RuntimeChoice?
    /// The name that routing goes by, where a user gave one.
    public var name: String?
    /// Where the terminal is sent.
    public var consoleSocket: FilePath?
    /// Where the pid is written.
    public var pidFile: FilePath?
    /// Descriptors 3 ..< 3 + n reach the container.
    public var preservedDescriptors: Int32 = 0
    /// See ``CreateRequest/noPivot``.
    public var noPivot = false
    /// See ``CreateRequest/noNewKeyring``.
    public var noNewKeyring = false
    /// Whether systemd manages the cgroups.
    public var systemdCgroup = false

    /// A request with none of the extras.
    public init(id: ContainerID, bundle: FilePath) {
        self.id = id
        self.bundle = bundle
    }
}

extension Engine {
    /// Creates a container from a bundle: everything is set up and waits for ``start(_:)``.
    ///
    /// - Throws: after having undone whatever it did; `alreadyExists` if the id is taken.
    @discardableResult
    public func create(_ request: BundleRequest) throws(NexcageError) -> ContainerRecord {
        do throws(NexcageError) {
            let bundle = try Bundle(at: request.bundle)
            let terminal = bundle.spec.process?.terminal ?? false
            if terminal, request.consoleSocket == nil {
                throw NexcageError(.invalid, "cannot allocate tty if runc will detach without setting console socket")
            }
            if !terminal, request.consoleSocket != nil {
                throw NexcageError(.invalid, "cannot use console socket if runc will not detach or allocate tty")
            }
            let backend = try chooseBackend(request, bundle)
            try backend.sealProcess()
            var lease = try reserve(request, bundle, backend)
            context.reached(.createReserved)
            do throws(NexcageError) {
                try build(&lease, request, bundle, backend)
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

    /// Everything that can be found out without touching anything.
    func chooseBackend(_ request: BundleRequest, _ bundle: Bundle) throws(NexcageError) -> any RuntimeBackend {
        try checkSystemd(request.systemdCgroup)
        try bundle.checkKernelDirectories()
        try refuseFrozenGroup(request, bundle)
        for name in bundle.spec.process?.capabilities?.unknownNames ?? [] {
            context.logger.warning("the capability \"\(name)\" does not exist and is not granted")
        }
        let annotations = bundle.spec.annotations
        let decision = try Router(context.configuration).route(
            explicit: request.runtime, annotations: annotations,
            names: Router.names(explicit: request.name, annotations: annotations, id: "\(request.id)"))
        context.logger.debug("container \"\(request.id)\" goes to \(decision.backend): \(decision.reason)")
        return try backends.available(
            decision.backend, fallback: context.configuration.fallback, context: context)
    }

    func checkSystemd(_ isWanted: Bool) throws(NexcageError) {
        guard !isWanted || HostDirectory.isDirectory("/run/systemd/system") else {
            throw NexcageError(.unavailable, "--systemd-cgroup needs systemd, which does not run on this host")
        }
    }

    /// libcrun would wait for ever, unkillably, for a process that is frozen as soon as it is made
    /// (config-linux.md, "Control groups").
    private func refuseFrozenGroup(_ request: BundleRequest, _ bundle: Bundle) throws(NexcageError) {
        guard !request.systemdCgroup, let path = bundle.spec.linux?.cgroupsPath,
            let directory = FrozenCgroup.directory(for: path)
        else { return }
        throw NexcageError(.wrongState, "control group \"\(directory)\" is frozen; thaw it first")
    }

    func reserve(
        _ request: BundleRequest, _ bundle: Bundle, _ backend: any RuntimeBackend
    ) throws(NexcageError) -> ContainerLease {
        var record = ContainerRecord(
            id: request.id, backend: backend.name, bundle: bundle.path,
            creator: try ProcessIdentity(of: ProcessIdentity.ownPid), created: .now)
        let annotations = bundle.spec.annotations
        record.name =
            Router.names(explicit: request.name, annotations: annotations, id: "\(request.id)").last ?? "\(request.id)"
        record.root = bundle.root
        record.ociVersion = bundle.spec.ociVersion
        record.annotations = annotations
        record.systemdCgroup = request.systemdCgroup
        return try store.reserve(record)
    }

    /// The steps that a failure has to undo.
    func build(
        _ lease: inout ContainerLease, _ request: BundleRequest, _ bundle: Bundle, _ backend: any RuntimeBackend
    ) throws(NexcageError) {
        var undo = UndoStack()
        do throws(NexcageError) {
            var order = CreateRequest(container: container(lease.record), bundle: bundle)
            order.consoleSocket = request.consoleSocket
            order.lockDescriptor = lease.lockDescriptor
            order.preservedDescriptors = request.preservedDescriptors
            order.noPivot = request.noPivot
            order.noNewKeyring = request.noNewKeyring
            let process = try backend.create(order)
            var made = order.container
            made.process = process
            let container = made
            undo.push("delete it") { () throws(NexcageError) in try backend.delete(container, force: true) }
            context.reached(.createBackendDone)
            if let file = request.pidFile {
                try HostFile.replace(file, with: Array("\(process.pid)".utf8), mode: 0o644, durability: .boot)
                undo.push("remove the pid file") { () throws(NexcageError) in try HostFile.remove(file) }
            }
            lease.record.process = process
            lease.record.status = .created
            try lease.save()
            context.reached(.createRecorded)
        } catch {
            throw undo.unwind(after: error)
        }
    }

    /// Frees the id of a container that did not come to be.
    static func failed(_ error: NexcageError, releasing lease: consuming ContainerLease) -> NexcageError {
        do throws(NexcageError) {
            try lease.remove()
            return error
        } catch let second {
            return error.alsoFailing(second)
        }
    }
}
