internal import NexcageSystem

extension LayerApplier {
    /// Removes what a whiteout hides, and keeps what this layer itself has put there.
    mutating func apply(
        _ whiteout: Whiteout, at path: RootDirectory.Path, in root: borrowing RootDirectory
    ) throws(NexcageError) {
        // Opened anew and without links: whiteouts are few, and the place that a link leads to is not theirs.
        guard let folder = try root.parentWithoutLinks(of: path) else {
            return report.warn("\(quoted(path.description)) hides nothing")
        }
        switch whiteout {
        case .nothing: return
        case .name(let name): try hide(name, in: folder, inode: folder.status().inode)
        case .all: try hideAll(in: folder)
        }
    }

    private func hideAll(in folder: borrowing RootDirectory.Folder) throws(NexcageError) {
        let inode = try folder.status().inode
        for name in try folder.entries() { try hide(name, in: folder, inode: inode) }
    }

    /// A directory stays if this layer has put it there or something into it.
    private func hide(
        _ name: RootDirectory.Name, in folder: borrowing RootDirectory.Folder, inode: UInt64
    ) throws(NexcageError) {
        guard let status = try folder.status(of: name) else { return }
        let isOurs = isPlaced(name, in: inode)
        guard status.kind == .directory else {
            if !isOurs { try folder.removeFile(name) }
            return
        }
        try hideAll(in: folder.folder(name))
        if !isOurs { try folder.removeDirectory(name) }
    }
}
