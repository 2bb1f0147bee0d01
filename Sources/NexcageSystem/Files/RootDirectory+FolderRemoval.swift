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
    /// Something mounted in the tree is an error (`busy`), and what is mounted there stays untouched.
    public borrowing func removeTree(_ name: RootDirectory.Name) throws(NexcageError) {
        if name.with({ unlinkat(raw, $0, 0) }) == 0 || errno == ENOENT { return }
        guard errno == EISDIR else { throw NexcageError.system("remove", name.description, .current) }
        let opened = name.with { nxc_open_below(raw, $0) }
        if opened < 0, errno == EXDEV {
            throw NexcageError(.busy, "remove \(quoted(name.description)): something is still mounted there")
        }
        let folder = RootDirectory.Folder(try OwnedDescriptor(checking: opened, "open", name.description))
        for entry in try folder.entries() { try folder.removeTree(entry) }
        guard try removeDirectory(name) else {
            throw NexcageError(.busy, "remove \(quoted(name.description)): somebody keeps adding files")
        }
    }

    /// Gives a name another name or another directory; what had the new name is replaced, as rename(2) has it.
    public borrowing func rename(
        _ name: RootDirectory.Name, to newName: RootDirectory.Name, in folder: borrowing RootDirectory.Folder
    ) throws(NexcageError) {
        let result = name.with { old in newName.with { renameat(raw, old, folder.raw, $0) } }
        try check(result, "rename", name)
    }
}
