public import NexcageSystem
public import SystemPackage

/// Snapshots that overlayfs stacks: each keeps only what it changes, and making one copies nothing.
///
/// The lowest layer is filled directly. A layer with parents is filled through an overlay mount that is attached
/// nowhere, so that links of lower layers resolve and deletions become whiteouts as in a running container.
///
/// Beside what all drivers keep, `<root>/w/<id>` is the work directory that overlayfs asks for.
public struct OverlaySnapshotter: Snapshotter {
    /// `overlay`.
    public static let name = "overlay"

    private let records: SnapshotRecords

    /// A store in the directory `root`, which is made when it is first used.
    ///
    /// - Parameter durability: `.disk` waits in ``commit(_:as:)`` until all content is on the disk.
    public init(root: FilePath, durability: HostFile.Durability = .disk) {
        records = SnapshotRecords(root: root, durability: durability)
    }

    /// Tries a mount, attached nowhere, in the store's own file system.
    public func checkAvailability() throws(NexcageError) {
        try records.create()
        let probe = records.root.appending("probe")
        let names = ["a", "b", "c"].map { probe.appending($0) }
        try records.locked { () throws(NexcageError) in
            for name in names { try HostDirectory.create(name) }
            do throws(NexcageError) {
                _ = try RootDirectory.DetachedMount(overlay: [names[0]], upper: names[1], work: names[2])
            } catch {
                throw NexcageError(
                    .unavailable,
                    "overlayfs does not work in \(quoted(records.root.string)), use the driver \"directory\": \(error)")
            }
            try RootDirectory(records.root).top().removeTree(RootDirectory.Name("probe"))
        }
    }

    /// See ``Snapshotter/prepare(_:parent:)``; takes a directory and a few files, whatever the parent's size.
    public func prepare(_ key: String, parent: String?) throws(NexcageError) {
        try records.add(key, .active, parent: parent, discard: discard) { record throws(NexcageError) in
            try HostDirectory.create(work(record))
            guard let parent = try record.parent.map(records.requireCommitted) else { return }
            // The top directory is the upper one's: it starts as a copy of the parent's.
            try TreeCopy.copyTopAttributes(from: records.layer(parent), to: records.layer(record))
        }
    }

    /// See ``Snapshotter/view(_:parent:)``.
    public func view(_ key: String, parent: String) throws(NexcageError) {
        try records.add(key, .view, parent: parent, discard: discard) { _ in }
    }

    /// See ``Snapshotter/mounts(_:)``: one overlay, or a bind mount where there is only one directory.
    public func mounts(_ key: String) throws(NexcageError) -> [MountInstruction] {
        let record = try records.requireMountable(key)
        let lower = try records.ancestors(of: record).map(records.layer)
        guard record.kind == .view else { return [writable(record, lower: lower)] }
        // overlayfs refuses a single directory without an upper one.
        guard lower.count == 1 else {
            return [MountInstruction(.overlay(lower: lower, upper: nil, work: nil), isReadOnly: true)]
        }
        return [MountInstruction(.bind(lower[0]), isReadOnly: true)]
    }

    private func writable(_ record: SnapshotRecord, lower: [FilePath]) -> MountInstruction {
        guard !lower.isEmpty else { return MountInstruction(.bind(records.layer(record)), isReadOnly: false) }
        return MountInstruction(
            .overlay(lower: lower, upper: records.layer(record), work: work(record)), isReadOnly: false)
    }

    /// See ``Snapshotter/withRoot(of:_:)``. Do not call it while the snapshot is mounted elsewhere.
    public func withRoot<Result: ~Copyable>(
        of key: String, _ body: (borrowing RootDirectory) throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        try records.exclusively(key) { () throws(NexcageError) in
            let record = try records.requireActive(key)
            let lower = try records.ancestors(of: record).map(records.layer)
            if lower.isEmpty { return try body(try RootDirectory(records.layer(record))) }
            try renewWork(record)
            do throws(NexcageError) {
                let result = try withMount(of: record, lower: lower, body)
                try renewWork(record)
                return result
            } catch {
                do throws(NexcageError) { try renewWork(record) } catch let second { throw error.alsoFailing(second) }
                throw error
            }
        }
    }

    private func withMount<Result: ~Copyable>(
        of record: SnapshotRecord, lower: [FilePath],
        _ body: (borrowing RootDirectory) throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        let root = try RootDirectory.DetachedMount(
            overlay: lower, upper: records.layer(record), work: work(record),
            options: records.durability == .boot ? ["volatile"] : []
        ).root()
        return try body(root)
    }

    /// A `volatile` mount leaves a mark in its work directory that forbids the next mount; so does one whose process was
    /// killed. Its upper directory is as good as any without durability.
    private func renewWork(_ record: SnapshotRecord) throws(NexcageError) {
        try removeWork(record)
        try HostDirectory.create(work(record))
    }

    /// See ``Snapshotter/commit(_:as:)``.
    public func commit(_ key: String, as name: String) throws(NexcageError) {
        try records.commit(key, as: name) { record throws(NexcageError) in
            try records.synchronize(record)
            try removeWork(record)
        }
    }

    /// See ``Snapshotter/remove(_:)``.
    public func remove(_ key: String) throws(NexcageError) {
        try records.remove(key, discard: discard)
    }

    /// See ``Snapshotter/usage(_:)``: the upper directory, whiteouts included.
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

    private func work(_ record: SnapshotRecord) -> FilePath {
        records.root.appending("w").appending(record.id)
    }

    private func removeWork(_ record: SnapshotRecord) throws(NexcageError) {
        let parent = records.root.appending("w")
        try HostDirectory.create(parent)
        try RootDirectory(parent).top().removeTree(RootDirectory.Name(record.id))
    }

    private func discard(_ record: SnapshotRecord) throws(NexcageError) {
        try removeWork(record)
        try records.removeLayer(record)
    }
}
