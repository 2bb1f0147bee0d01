public import NexcageRuntime
public import NexcageSystem
public import SystemPackage

/// The records of one state root: a folder a container, `<root>/<id>/{state.json,lock}`.
///
/// The root is boot-scoped. A container with files of its own in the data root has a second record beside them, from which
/// it is found again after a reboot: it has stopped then.
///
/// Writers hold the container's lock; readers need none, since a record is only ever replaced as a whole.
public struct ContainerStore: Sendable {
    /// The state root.
    public let root: FilePath
    /// Where containers have files that outlive a reboot, `<durable root>/<id>/state.json`.
    public let durableRoot: FilePath

    /// The store at a root, which need not exist yet.
    public init(root: FilePath, durableRoot: FilePath) {
        self.root = root
        self.durableRoot = durableRoot
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
        do throws(NexcageError) {
            let lock = try FileLock(Self.lockFile(folder(of: record.id)), .exclusive)
            let lease = ContainerLease(lock: lock, folder: folder(of: record.id), record: record)
            try lease.save()
            return lease
        } catch let first {
            // A full disk; the id must not stay taken by a folder that says nothing.
            do throws(NexcageError) {
                try HostDirectory.removeTree(folder(of: record.id))
            } catch {
                throw first.alsoFailing(error)
            }
            throw first
        }
    }

    /// Locks an existing container for a change.
    ///
    /// - Parameter timeout: how long to wait for somebody else's change to end.
    /// - Throws: `notFound` with the words `container does not exist`, or `busy`.
    public func lease(_ id: ContainerID, timeout: Duration = .seconds(30)) throws(NexcageError) -> ContainerLease {
        let folder = folder(of: id)
        if !HostDirectory.isDirectory(folder) { try revive(id) }
        let lock = try acquire(id, timeout: timeout)
        let record = try read(id)
        return ContainerLease(lock: lock, folder: folder, record: record)
    }

    /// Locks whatever there is under the id, also without a readable record.
    func lock(_ id: ContainerID, timeout: Duration) throws(NexcageError) -> FileLock {
        if !HostDirectory.isDirectory(folder(of: id)) { try revive(id) }
        return try acquire(id, timeout: timeout)
    }

    /// Gives a container of before the last boot its folder back.
    private func revive(_ id: ContainerID) throws(NexcageError) {
        let record = try durableRecord(id)
        do throws(NexcageError) {
            try reserve(record).release()
        } catch let error where error.code == .alreadyExists {
            // Somebody else was quicker, with the same result.
        }
    }

    /// What is known of a container beyond the boot: it has no process.
    public func saveDurably(_ record: ContainerRecord) throws(NexcageError) {
        var record = record
        record.process = nil
        record.status = .stopped
        let file = Self.recordFile(durableRoot.appending("\(record.id)"))
        try HostFile.replace(file, with: record.encoded(), durability: .disk)
    }

    private func durableRecord(_ id: ContainerID) throws(NexcageError) -> ContainerRecord {
        let file = Self.recordFile(durableRoot.appending("\(id)"))
        let record = try decode(file, id)
        guard record.image?.stateRoot == root else { throw Self.doesNotExist(id) }
        return record
    }

    private func acquire(_ id: ContainerID, timeout: Duration) throws(NexcageError) -> FileLock {
        let file = Self.lockFile(folder(of: id))
        do throws(NexcageError) {
            let lock: FileLock
            do throws(NexcageError) {
                lock = try FileLock(file, .exclusive, timeout: .zero)
            } catch {
                guard error.code == .busy else { throw error }
                try freeOrphanedLock(id)
                lock = try FileLock(file, .exclusive, timeout: timeout)
            }
            // Somebody deleted the container while we waited.
            guard lock.isCurrent else { throw Self.doesNotExist(id) }
            return lock
        } catch {
            throw error.code == .notFound ? Self.doesNotExist(id) : error
        }
    }

    /// Until its start a container's first process has the lock file open too, and holds the lock if its creator was killed
    /// between recording it and freeing the lock. Nobody works on the container then, so it gets a new lock file.
    private func freeOrphanedLock(_ id: ContainerID) throws(NexcageError) {
        let record = try read(id)
        guard record.status == .created, !record.creator.isAlive, let process = record.process else { return }
        let file = Self.lockFile(folder(of: id))
        guard try FileLock.holders(of: file) == [process.pid] else { return }
        try HostFile.remove(file)
    }

    /// The record as it stands.
    ///
    /// - Throws: `notFound` with the words `container does not exist`.
    public func read(_ id: ContainerID) throws(NexcageError) -> ContainerRecord {
        do throws(NexcageError) {
            return try decode(Self.recordFile(folder(of: id)), id)
        } catch let error where error.code == .notFound {
            guard !HostDirectory.isDirectory(folder(of: id)) else { throw error }
            return try durableRecord(id)
        }
    }

    private func decode(_ file: FilePath, _ id: ContainerID) throws(NexcageError) -> ContainerRecord {
        let bytes: [UInt8]
        do throws(NexcageError) {
            bytes = try HostFile.read(file)
        } catch let error where error.code == .notFound {
            throw Self.doesNotExist(id)
        }
        return try ContainerRecord(decoding: bytes, name: file.string)
    }

    /// The ids of this root, sorted, also of folders that a crash left without a record.
    public func ids() throws(NexcageError) -> [ContainerID] {
        var ids = try Self.folders(root)
        for id in try Self.folders(durableRoot) where !ids.contains(id) {
            // What belongs to another root, or was left without a record, is nothing to list here.
            guard (try? durableRecord(id)) != nil else { continue }
            ids.append(id)
        }
        return ids.sorted { $0.description < $1.description }
    }

    private static func folders(_ directory: FilePath) throws(NexcageError) -> [ContainerID] {
        guard HostDirectory.isDirectory(directory) else { return [] }
        // Backends keep their own folders beside ours, under names that no id can have.
        return try HostDirectory.entries(directory).compactMap { try? ContainerID($0.string) }
    }

    static func doesNotExist(_ id: ContainerID) -> NexcageError {
        NexcageError(.notFound, "container \"\(id)\" does not exist")
    }

    static func recordFile(_ folder: FilePath) -> FilePath { folder.appending("state.json") }
    static func lockFile(_ folder: FilePath) -> FilePath { folder.appending("lock") }
}
