public import NexcageSystem
public import SystemPackage

/// Snapshots that are plain copies of their parent: for file systems and kernels without anything better.
///
/// A copy keeps owners, modes, times, extended attributes, hard links and device nodes. Where the file system shares
/// blocks (btrfs, XFS) it takes space for names only.
public struct DirectorySnapshotter: Snapshotter {
    /// `directory`.
    public static let name = "directory"

    private let records: SnapshotRecords

    /// A store in the directory `root`, which is made when it is first used.
    ///
    /// - Parameter durability: `.disk` waits in ``commit(_:as:)`` until all content is on the disk.
    public init(root: FilePath, durability: HostFile.Durability = .disk) {
        records = SnapshotRecords(root: root, durability: durability)
    }

    /// Any directory that can be written to will do.
    public func checkAvailability() throws(NexcageError) {
        do throws(NexcageError) {
            try records.locked { () throws(NexcageError) in }
        } catch {
            throw NexcageError(.unavailable, "snapshot driver \"directory\": \(error)")
        }
    }

    /// See ``Snapshotter/prepare(_:parent:)``; copies the parent's tree.
    public func prepare(_ key: String, parent: String?) throws(NexcageError) {
        try records.add(key, .active, parent: parent, discard: records.removeLayer) { record throws(NexcageError) in
            guard let parent = try record.parent.map(records.requireCommitted) else { return }
            var copy = TreeCopy()
            try copy.copy(from: records.layer(parent), to: records.layer(record))
        }
    }

    /// See ``Snapshotter/view(_:parent:)``; copies nothing.
    public func view(_ key: String, parent: String) throws(NexcageError) {
        try records.add(key, .view, parent: parent, discard: records.removeLayer) { _ in }
    }

    /// See ``Snapshotter/mounts(_:)``: one bind mount.
    public func mounts(_ key: String) throws(NexcageError) -> [MountInstruction] {
        let record = try records.requireMountable(key)
        guard record.kind == .view, let parent = try record.parent.map(records.requireCommitted) else {
            return [MountInstruction(.bind(records.layer(record)), isReadOnly: false)]
        }
        return [MountInstruction(.bind(records.layer(parent)), isReadOnly: true)]
    }

    /// See ``Snapshotter/withRoot(of:_:)``.
    public func withRoot<Result: ~Copyable>(
        of key: String, _ body: (borrowing RootDirectory) throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        try records.exclusively(key) { () throws(NexcageError) in
            try body(try RootDirectory(records.layer(try records.requireActive(key))))
        }
    }

    /// See ``Snapshotter/commit(_:as:)``.
    public func commit(_ key: String, as name: String) throws(NexcageError) {
        try records.commit(key, as: name) { record throws(NexcageError) in
            try records.synchronize(record)
        }
    }

    /// See ``Snapshotter/remove(_:)``.
    public func remove(_ key: String) throws(NexcageError) {
        try records.remove(key, discard: records.removeLayer)
    }

    /// See ``Snapshotter/usage(_:)``: the whole tree, since nothing of the parent is shared for certain.
    public func usage(_ key: String) throws(NexcageError) -> SnapshotUsage {
        try SnapshotUsage(of: records.layer(try records.require(key)))
    }

    /// See ``Snapshotter/record(_:)``.
    public func record(_ key: String) throws(NexcageError) -> SnapshotRecord? {
        try records.read(key)
    }

    /// See ``Snapshotter/list()``.
    public func list() throws(NexcageError) -> [SnapshotRecord] {
        try records.list()
    }

    /// See ``Snapshotter/exclusively(_:_:)``.
    public func exclusively<Result: ~Copyable>(
        _ key: String, _ body: () throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        try records.exclusively(key, body)
    }
}
