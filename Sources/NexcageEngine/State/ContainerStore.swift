public import NexcageRuntime
public import NexcageSystem
public import SystemPackage

/// The records of one state root: a folder a container, `<root>/<id>/{state.json,lock}`.
///
/// Writers hold the container's lock; readers need none, since a record is only ever replaced as a whole.
public struct ContainerStore: Sendable {
    /// The state root.
    public let root: FilePath

    /// The store at a root, which need not exist yet.
    public init(root: FilePath) {
        self.root = root
    }

    /// The folder of a container.
    public func folder(of id: ContainerID) -> FilePath {
        root.appending("\(id)")
    }

    /// Takes the id for a new container: of several that try, exactly one gets it.
    ///
    /// - Throws: `alreadyExists` with the words that engines match on.
    public func reserve(_ record: ContainerRecord) throws(NexcageError) -> ContainerLease {
        try HostDirectory.create(root, mode: 0o711)
        guard try HostDirectory.createNew(folder(of: record.id)) else {
            throw NexcageError(.alreadyExists, "container with id \"\(record.id)\" already exists")
        }
        let lock = try FileLock(Self.lockFile(folder(of: record.id)), .exclusive)
        let lease = ContainerLease(lock: lock, folder: folder(of: record.id), record: record)
        try lease.save()
        return lease
    }

    /// Locks an existing container for a change.
    ///
    /// - Parameter timeout: how long to wait for somebody else's change to end.
    /// - Throws: `notFound` with the words `container does not exist`, or `busy`.
    public func lease(_ id: ContainerID, timeout: Duration = .seconds(30)) throws(NexcageError) -> ContainerLease {
        let folder = folder(of: id)
        guard HostDirectory.isDirectory(folder) else { throw Self.doesNotExist(id) }
        let lock = try acquire(id, timeout: timeout)
        let record = try read(id)
        return ContainerLease(lock: lock, folder: folder, record: record)
    }

    /// Locks whatever there is under the id, also without a readable record.
    func lock(_ id: ContainerID, timeout: Duration) throws(NexcageError) -> FileLock {
        guard HostDirectory.isDirectory(folder(of: id)) else { throw Self.doesNotExist(id) }
        return try acquire(id, timeout: timeout)
    }

    private func acquire(_ id: ContainerID, timeout: Duration) throws(NexcageError) -> FileLock {
        do throws(NexcageError) {
            let lock = try FileLock(Self.lockFile(folder(of: id)), .exclusive, timeout: timeout)
            // Somebody deleted the container while we waited.
            guard lock.isCurrent else { throw Self.doesNotExist(id) }
            return lock
        } catch where error.code == .notFound {
            throw Self.doesNotExist(id)
        }
    }

    /// The record as it stands.
    ///
    /// - Throws: `notFound` with the words `container does not exist`.
    public func read(_ id: ContainerID) throws(NexcageError) -> ContainerRecord {
        let file = Self.recordFile(folder(of: id))
        let bytes: [UInt8]
        do throws(NexcageError) {
            bytes = try HostFile.read(file)
        } catch where error.code == .notFound {
            throw Self.doesNotExist(id)
        }
        return try ContainerRecord(decoding: bytes, name: file.string)
    }

    /// The ids of this root, also of folders that a crash left without a record.
    public func ids() throws(NexcageError) -> [ContainerID] {
        guard HostDirectory.isDirectory(root) else { return [] }
        var ids: [ContainerID] = []
        for name in try HostDirectory.entries(root) {
            // Backends keep their own folders beside ours, under names that no id can have.
            guard let id = try? ContainerID(name.string) else { continue }
            ids.append(id)
        }
        return ids
    }

    static func doesNotExist(_ id: ContainerID) -> NexcageError {
        NexcageError(.notFound, "container \"\(id)\" does not exist")
    }

    static func recordFile(_ folder: FilePath) -> FilePath { folder.appending("state.json") }
    static func lockFile(_ folder: FilePath) -> FilePath { folder.appending("lock") }
}
