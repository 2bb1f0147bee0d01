internal import CNexcageSystem
internal import Glibc

extension RootDirectory.Folder {
    /// Removes anything but a directory, a link itself too; what is not there is fine.
    public borrowing func removeFile(_ name: RootDirectory.Name) throws(NexcageError) {
        let result = name.with { unlinkat(raw, $0, 0) }
        if result != 0, errno == ENOENT { return }
        try check(result, "remove", name)
    }

    /// Removes an empty directory; one that is not there is fine.
    ///
    /// - Returns: false if it is not empty.
    @discardableResult
    public borrowing func removeDirectory(_ name: RootDirectory.Name) throws(NexcageError) -> Bool {
        let result = name.with { unlinkat(raw, $0, AT_REMOVEDIR) }
        if result != 0, errno == ENOTEMPTY || errno == EEXIST { return false }
        if result != 0, errno == ENOENT { return true }
        try check(result, "remove directory", name)
        return true
    }

    /// Removes whatever the name is, with everything in it; what is not there is fine.
    ///
    /// Something mounted in the tree is an error (`busy`), and what is mounted there stays untouched. No depth is too
    /// great, although each level takes a descriptor.
    public borrowing func removeTree(_ name: RootDirectory.Name) throws(NexcageError) {
        guard let tree = try folderLeft(byUnlinking: name) else { return }
        while true {
            let entries = try tree.entries()
            if entries.isEmpty { break }
            for entry in entries { try tree.removeTree(entry, depth: 1, top: tree) }
        }
        try removeEmptied(name)
    }

    /// How many levels down a directory is moved up to the top of the tree instead of entered.
    private static var depthLimit: Int { 200 }

    private borrowing func removeTree(
        _ name: RootDirectory.Name, depth: Int, top: borrowing RootDirectory.Folder
    ) throws(NexcageError) {
        guard let folder = try folderLeft(byUnlinking: name) else { return }
        if depth >= Self.depthLimit, try move(name, inode: folder.status().inode, to: top) { return }
        for entry in try folder.entries() { try folder.removeTree(entry, depth: depth + 1, top: top) }
        try removeEmptied(name)
    }

    /// Removes a file; a directory is opened instead, if no mount is on it.
    private borrowing func folderLeft(
        byUnlinking name: RootDirectory.Name
    ) throws(NexcageError) -> RootDirectory.Folder? {
        if name.with({ unlinkat(raw, $0, 0) }) == 0 || errno == ENOENT { return nil }
        guard errno == EISDIR else { throw NexcageError.system("remove", name.description, .current) }
        let opened = name.with { nxc_open_below(raw, $0) }
        if opened < 0, errno == EXDEV {
            throw NexcageError(.busy, "remove \(quoted(name.description)): something is still mounted there")
        }
        return RootDirectory.Folder(try OwnedDescriptor(checking: opened, "open", name.description))
    }

    private borrowing func removeEmptied(_ name: RootDirectory.Name) throws(NexcageError) {
        guard try removeDirectory(name) else {
            throw NexcageError(.busy, "remove \(quoted(name.description)): somebody keeps adding files")
        }
    }

    /// - Returns: false where that cannot be, as for a directory that overlayfs merges or a name that is taken.
    private borrowing func move(
        _ name: RootDirectory.Name, inode: UInt64, to top: borrowing RootDirectory.Folder
    ) throws(NexcageError) -> Bool {
        let newName = try RootDirectory.Name("moved-up.\(inode)")
        return name.with { old in newName.with { renameat(raw, old, top.raw, $0) } } == 0
    }

    /// Gives a name another name or another directory; what had the new name is replaced, as rename(2) has it.
    public borrowing func rename(
        _ name: RootDirectory.Name, to newName: RootDirectory.Name, in folder: borrowing RootDirectory.Folder
    ) throws(NexcageError) {
        let result = name.with { old in newName.with { renameat(raw, old, folder.raw, $0) } }
        try check(result, "rename", name)
    }
}
