internal import NexcageSystem

extension LayerApplier {
    /// Makes the directory of `path` the current one, with parents that the layer does not mention made as they are
    /// needed.
    mutating func enter(_ path: RootDirectory.Path, in root: borrowing RootDirectory) throws(NexcageError) {
        guard !path.hasSameParent(as: parent.path) else { return }
        parent = try Parent(open(path, in: root), for: path)
    }

    private mutating func open(
        _ path: RootDirectory.Path, in root: borrowing RootDirectory
    ) throws(NexcageError) -> RootDirectory.Folder {
        do throws(NexcageError) {
            return try root.parent(of: path)
        } catch {
            // A loop of links stays one; anything else may be cured by making directories.
            guard error.code != .integrity else { throw error }
        }
        try makeParent(path.parentPath, in: root)
        return try root.parent(of: path)
    }

    private mutating func makeParent(
        _ path: RootDirectory.Path, in root: borrowing RootDirectory
    ) throws(NexcageError) {
        guard let name = path.name else { return }
        let folder = try open(path, in: root)
        if let status = try folder.status(of: name) {
            switch status.kind {
            case .directory: return
            case .symbolicLink:
                throw NexcageError(.integrity, "\(quoted(path.description)) is a link that leads to no directory")
            default: try folder.removeFile(name)
            }
        }
        try folder.makeDirectory(name)
        try folder.setMode(of: name, 0o755)
    }
}
