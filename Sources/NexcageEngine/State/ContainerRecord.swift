public import NexcageRuntime
public import NexcageSystem
public import OCISpec
public import SystemPackage

/// What nexcage knows of a container between two calls: `<root>/<id>/state.json`.
public struct ContainerRecord: Sendable, Equatable {
    /// The version of the file's layout; a reader refuses newer ones.
    public static let schemaVersion = 1

    /// The container's id within its state root.
    public var id: ContainerID
    /// The name that routing went by and that people see; the id where nothing gave one.
    public var name: String
    /// The backend that was chosen when it was created, and that every later verb uses.
    public var backend: BackendName
    /// The status when this was written: never `paused`, which only the kernel knows.
    public var status: ContainerStatus
    /// The first process, once there is one.
    public var process: ProcessIdentity?
    /// Who creates it, or did.
    public var creator: ProcessIdentity
    /// The bundle, absolute.
    public var bundle: FilePath
    /// Its root file system, absolute; empty until it is known.
    public var root: FilePath
    /// Whether systemd manages its cgroups.
    public var systemdCgroup = false
    /// When it was made.
    public var created: Timestamp
    /// What config.json says its version is.
    public var ociVersion = RuntimeSpec.currentVersion
    /// The annotations of config.json.
    public var annotations: [String: String] = [:]
    /// What of the image store belongs to it; nil for a container made from a bundle.
    public var image: ImageOrigin?

    /// A record of a container that does not exist yet.
    public init(id: ContainerID, backend: BackendName, bundle: FilePath, creator: ProcessIdentity, created: Timestamp) {
        self.id = id
        name = id.description
        self.backend = backend
        status = .creating
        self.creator = creator
        self.bundle = bundle
        root = ""
        self.created = created
    }

    /// What a backend needs to find it.
    public func backendContainer(in stateRoot: FilePath) -> BackendContainer {
        BackendContainer(
            id: id, stateRoot: stateRoot, bundle: bundle, process: process, systemdCgroup: systemdCgroup)
    }
}

/// Where the root file system of a container came from, and what has to go with it.
public struct ImageOrigin: Sendable, Equatable {
    /// As the user typed it.
    public var reference: String
    /// The manifest that was chosen for this platform; nil for a plain directory.
    public var manifestDigest: String?
    /// The driver that holds the container's layer, nil if it has none.
    public var snapshotDriver: String?
    /// The container's own layer.
    public var snapshotKey: String?
    /// The state root of the container: the store of images serves several of them.
    public var stateRoot: FilePath = ""
    /// Whether the end of a foreground run removes the container.
    public var removesItself = false

    /// An origin that holds nothing yet.
    public init(reference: String) {
        self.reference = reference
    }
}
