public import NexcageSystem
public import SystemPackage

/// A container that this process alone may change: its lock and its record.
public struct ContainerLease: ~Copyable {
    private let lock: FileLock
    private let folder: FilePath
    /// The record; a change counts once ``save()`` has written it.
    public var record: ContainerRecord

    init(lock: consuming FileLock, folder: FilePath, record: ContainerRecord) {
        self.lock = lock
        self.folder = folder
        self.record = record
    }

    /// The open lock file, for whoever builds the container.
    public var lockDescriptor: FileDescriptor { lock.descriptor }

    /// Writes the record.
    public func save() throws(NexcageError) {
        // The state root is boot-scoped: what it says is void after a power failure.
        try HostFile.replace(ContainerStore.recordFile(folder), with: record.encoded(), durability: .boot)
    }

    /// Lets others change the container.
    public consuming func release() {
        lock.unlock()
    }

    /// Removes the container's folder; the id is free then.
    public consuming func remove() throws(NexcageError) {
        // state.json sorts last, so that a removal that is cut short still leaves a record.
        try HostDirectory.removeTree(folder)
        lock.unlock()
    }
}
