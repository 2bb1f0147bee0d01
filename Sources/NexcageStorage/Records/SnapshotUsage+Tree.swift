internal import NexcageSystem
internal import SystemPackage

extension SnapshotUsage {
    /// Adds up a tree.
    init(of path: FilePath) throws(NexcageError) {
        var counted: Set<UInt64> = []
        try add(RootDirectory(path).top(), counted: &counted)
    }

    private mutating func add(
        _ folder: borrowing RootDirectory.Folder, counted: inout Set<UInt64>
    ) throws(NexcageError) {
        for name in try folder.entries() {
            // Somebody may be writing to an active snapshot; what is gone counts nothing.
            guard let status = try folder.status(of: name) else { continue }
            entries += 1
            if status.kind == .directory { try add(folder.folder(name), counted: &counted) }
            if status.linkCount > 1, status.kind != .directory, !counted.insert(status.inode).inserted { continue }
            bytes += UInt64(status.allocated)
        }
    }
}
