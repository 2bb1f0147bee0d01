public import NexcageSystem
public import OCISpec
public import SystemPackage

/// A backend that can run a further process in a container.
public protocol ExecutingBackend: RuntimeBackend {
    /// Runs the process.
    ///
    /// - Returns: its exit code (128 + n after signal n), or 0 as soon as it runs if the request is detached.
    func exec(_ container: BackendContainer, _ request: ExecRequest) throws(NexcageError) -> Int32
}

/// A backend that can freeze a container.
public protocol PausableBackend: RuntimeBackend {
    /// Freezes every process.
    func pause(_ container: BackendContainer) throws(NexcageError)
    /// Lets them go on.
    func resume(_ container: BackendContainer) throws(NexcageError)
}

/// A backend that can change the limits of a living container.
public protocol UpdatableBackend: RuntimeBackend {
    /// Applies a `linux.resources` object (config-linux.md); members that are absent stay as they are.
    func update(_ container: BackendContainer, _ limits: LinuxResources) throws(NexcageError)
}

/// A backend that knows the processes of a container.
public protocol ListingBackend: RuntimeBackend {
    /// The pids in the host's pid namespace, in ascending order.
    func processes(_ container: BackendContainer) throws(NexcageError) -> [Int32]
}

/// A backend that knows which members of config.json it refuses because they would be dropped otherwise.
public protocol RefusingBackend: RuntimeBackend {
    /// The members, as paths in the document.
    func refusedMembers() throws(NexcageError) -> [String]
}

/// A backend that can freeze a container into files and thaw it from there (CRIU).
public protocol CheckpointableBackend: RuntimeBackend {
    /// Dumps the container; unless it is left running it has stopped afterwards.
    func checkpoint(_ container: BackendContainer, _ options: CheckpointOptions) throws(NexcageError)
    /// Brings a dumped container back, detached.
    ///
    /// - Returns: its first process, running.
    func restore(_ request: CreateRequest, _ options: CheckpointOptions) throws(NexcageError) -> ProcessIdentity
}

/// A further process and how to run it.
public struct ExecRequest: Sendable {
    /// An OCI `process` object, found valid (config.md, "Process").
    public var process: ProcessSpec
    /// Return as soon as it runs.
    public var detached: Bool
    /// Whether the process has a terminal.
    public var terminal: Bool
    /// Where the terminal's descriptor is sent.
    public var consoleSocket: FilePath?
    /// Where its pid is written.
    public var pidFile: FilePath?
    /// Descriptors 3 ..< 3 + n reach it.
    public var preservedDescriptors: Int32

    /// A process that is waited for and has no terminal.
    public init(process: ProcessSpec) {
        self.process = process
        detached = false
        terminal = false
        preservedDescriptors = 0
    }
}

/// How a dump or a restore is done; the words are those of runc's flags, their meaning criu(8)'s.
public struct CheckpointOptions: Sendable, Equatable {
    /// Where the images are.
    public var imagePath: FilePath
    /// Where CRIU puts its log.
    public var workPath: FilePath
    /// Images of an earlier pre-dump, relative to `imagePath`.
    public var parentPath: String?
    /// Do not kill the container after the dump.
    public var leaveRunning = false
    /// Only dump the memory; the container goes on.
    public var preDump = false
    /// Allow established TCP connections.
    public var tcpEstablished = false
    /// Allow external Unix sockets.
    public var externalUnixSockets = false
    /// Allow a container that shares its session with a shell.
    public var shellJob = false
    /// Allow file locks.
    public var fileLocks = false
    /// What happens to cgroups: soft, full, strict or ignore; nil is the backend's default.
    public var manageCgroups: String?
    /// Where a restored terminal is sent.
    public var consoleSocket: FilePath?
    /// Set when the restored container may not be waited for through a subreaper.
    public var noSubreaper = false

    /// Options with nothing allowed.
    public init(imagePath: FilePath, workPath: FilePath) {
        self.imagePath = imagePath
        self.workPath = workPath
    }
}
