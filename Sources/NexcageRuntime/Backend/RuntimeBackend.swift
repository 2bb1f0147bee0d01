public import NexcageSystem
public import SystemPackage

/// From a bundle to a running thing, and back to nothing.
///
/// A backend knows one way to run a container and keeps nothing between calls: what it needs to find a container again is
/// in its ``BackendContainer``. The engine calls in this order and holds the container's lock throughout:
///
///     create ─▶ start ─▶ kill … ─▶ delete
///
/// Whatever else a backend can do it says by conforming to ``PausableBackend``, ``ExecutingBackend`` and their like:
/// the conformances *are* the table that `nexcage features` prints, and there are no defaults that do nothing.
public protocol RuntimeBackend: Sendable {
    /// The word by which it is chosen.
    var name: BackendName { get }

    /// Which form of root file system it takes.
    var rootForm: RootForm { get }

    /// Whether it can work on this host now. Looks, starts nothing, changes nothing.
    func availability() -> BackendAvailability

    /// To be called before the first side effect of a verb that lets foreign code run (create, exec, restore).
    ///
    /// A backend that works in this process re-executes the program here from a copy that no container can write
    /// (CVE-2019-5736); the second time round it returns at once.
    func sealProcess() throws(NexcageError)

    /// Sets everything up and stops before the user's program (runtime-spec, runtime.md, "Create").
    ///
    /// - Returns: the container's first process, alive and waiting.
    /// - Throws: after having removed all that it made.
    func create(_ request: CreateRequest) throws(NexcageError) -> ProcessIdentity

    /// Lets a created container run the user's program.
    func start(_ container: BackendContainer) throws(NexcageError)

    /// Whether ``start(_:)`` has reached the container, for a record that a killed process left behind.
    func hasStarted(_ container: BackendContainer) throws(NexcageError) -> Bool

    /// Sends a signal to the first process, or to every process of the container.
    ///
    /// - Throws: `wrongState` with the words `container not running` if there is none.
    func kill(_ container: BackendContainer, _ signal: Signal, everyProcess: Bool) throws(NexcageError)

    /// Removes everything that ``create(_:)`` made. The container has stopped, or only been created.
    ///
    /// - Parameter force: kill what still runs, and accept that some or all of it is gone or was never finished.
    func delete(_ container: BackendContainer, force: Bool) throws(NexcageError)
}

/// Which form of root file system a backend takes.
public enum RootForm: String, Sendable {
    /// A directory on the host.
    case directory
}

/// Whether a backend can work on this host.
public enum BackendAvailability: Sendable, Equatable {
    /// It can; `detail` says what does the work, with its version.
    case ready(detail: String)
    /// It cannot; `reason` says why and what to install or do.
    case missing(reason: String)
}

/// What ``RuntimeBackend/create(_:)`` works on.
public struct CreateRequest: Sendable {
    /// The container to be.
    public var container: BackendContainer
    /// Its bundle, read and validated.
    public var bundle: Bundle
    /// Where the terminal's descriptor is sent (runc's docs/terminals.md).
    public var consoleSocket: FilePath?
    /// Descriptors 3 ..< 3 + n reach the container.
    public var preservedDescriptors: Int32
    /// The container's lock file, open: passed to whoever builds the container, so that they can be found after a crash.
    public var lockDescriptor: FileDescriptor?
    /// Use MS_MOVE instead of pivot_root(2), for roots on a ramdisk.
    public var noPivot: Bool
    /// Keep the caller's session keyring.
    public var noNewKeyring: Bool

    /// A request without any of the extras.
    public init(container: BackendContainer, bundle: Bundle) {
        self.container = container
        self.bundle = bundle
        preservedDescriptors = 0
        noPivot = false
        noNewKeyring = false
    }
}

/// What a backend needs to know to find a container that it made: comes from the container's record.
public struct BackendContainer: Sendable, Equatable {
    /// The name within its state root.
    public var id: ContainerID
    /// The state root of `--root`; a backend keeps its own state in a folder `.NAME` there, which no id can be.
    public var stateRoot: FilePath
    /// The bundle it was made from.
    public var bundle: FilePath
    /// Its first process, once there is one.
    public var process: ProcessIdentity?
    /// Whether systemd manages its cgroups.
    public var systemdCgroup: Bool

    /// A container that has no process yet.
    public init(
        id: ContainerID, stateRoot: FilePath, bundle: FilePath, process: ProcessIdentity? = nil,
        systemdCgroup: Bool = false
    ) {
        self.id = id
        self.stateRoot = stateRoot
        self.bundle = bundle
        self.process = process
        self.systemdCgroup = systemdCgroup
    }

    /// The folder in which the named backend keeps state of its own.
    public func folder(of backend: BackendName) -> FilePath {
        stateRoot.appending(".\(backend)")
    }
}
