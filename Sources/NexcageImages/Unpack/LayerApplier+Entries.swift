internal import Glibc
internal import NexcageSystem

/// One kind of entry each, put into the current directory.
extension LayerApplier {
    /// The archive's `.` entry: attributes of the root, which nothing can replace.
    mutating func applyRoot(_ entry: TarEntry, to root: borrowing RootDirectory) throws(NexcageError) {
        guard entry.kind == .directory else {
            throw NexcageError(.integrity, "a layer may not replace the root directory")
        }
        let directory = try root.top().readable()
        try setAttributes(of: directory.descriptor, entry)
        setLater(entry.time, of: .root)
    }

    mutating func makeDirectory(
        _ name: RootDirectory.Name, _ entry: TarEntry, _ path: RootDirectory.Path
    ) throws(NexcageError) {
        while try !parent.folder.makeDirectory(name) {
            if try parent.folder.status(of: name)?.kind == .directory {
                warnIfPlaced(name)
                break
            }
            try clear(name)
        }
        try parent.folder.setOwner(of: name, entry.owner, entry.group)
        try parent.folder.setMode(of: name, entry.mode)
        try setExtendedAttributes(of: name, entry)
        setLater(entry.time, of: path)
    }

    mutating func makeFile<Source: ByteSource & ~Copyable>(
        _ name: RootDirectory.Name, _ entry: TarEntry, from reader: inout TarReader<Source>
    ) throws(NexcageError) {
        let file = try createFile(name)
        try reader.readContent { chunk throws(NexcageError) in
            try file.descriptor.writeAll(chunk, name: name.description)
        }
        report.contentBytes += entry.size
        try setAttributes(of: file.descriptor, entry)
        try file.descriptor.setTimes(entry.time)
    }

    private mutating func createFile(_ name: RootDirectory.Name) throws(NexcageError) -> OwnedDescriptor {
        while true {
            if let file = try parent.folder.createFile(name) { return file }
            try clear(name)
        }
    }

    mutating func makeHardLink(
        _ name: RootDirectory.Name, _ entry: TarEntry, in root: borrowing RootDirectory
    ) throws(NexcageError) {
        let target = try Self.path(entry.linkTarget)
        guard let targetName = target.name else { throw NexcageError(.integrity, "a hard link to the root directory") }
        let folder = try Self.folder(ofTarget: target, in: root)
        guard let found = try folder.status(of: targetName), found.kind != .directory else {
            throw Self.missing(target)
        }
        while try !parent.folder.makeLink(name, to: targetName, in: folder) {
            let existing = try parent.folder.status(of: name)
            if existing?.inode == found.inode, existing?.fileSystem == found.fileSystem { return }
            try clear(name)
        }
    }

    private static func folder(
        ofTarget target: RootDirectory.Path, in root: borrowing RootDirectory
    ) throws(NexcageError) -> RootDirectory.Folder {
        do throws(NexcageError) {
            return try root.parent(of: target)
        } catch {
            throw error.code == .notFound ? missing(target) : NexcageError(.integrity, "a hard link: \(error)")
        }
    }

    private static func missing(_ target: RootDirectory.Path) -> NexcageError {
        NexcageError(.integrity, "a hard link to \(quoted(target.description)), which is no file that is there already")
    }

    /// Links and devices: things that are complete when they are made and have no descriptor.
    mutating func makeSpecial(_ name: RootDirectory.Name, _ entry: TarEntry) throws(NexcageError) {
        while try !make(name, entry) { try clear(name) }
        try parent.folder.setOwner(of: name, entry.owner, entry.group)
        if entry.kind != .symbolicLink { try parent.folder.setMode(of: name, entry.mode) }
        try setExtendedAttributes(of: name, entry)
        try parent.folder.setTimes(of: name, entry.time)
    }

    private func make(_ name: RootDirectory.Name, _ entry: TarEntry) throws(NexcageError) -> Bool {
        switch entry.kind {
        case .symbolicLink: return try parent.folder.makeSymbolicLink(name, to: entry.linkTarget)
        case .fifo: return try parent.folder.makeNode(name, mode: S_IFIFO | 0o600, device: 0)
        case .blockDevice(let major, let minor):
            return try parent.folder.makeNode(name, mode: S_IFBLK | 0o600, device: .device(major, minor))
        case .characterDevice(let major, let minor):
            // overlayfs's own sign for a deleted file would delete one where no rule of ours sees it.
            guard major != 0 || minor != 0 else {
                throw NexcageError(.integrity, "a layer may not hold the character device 0:0")
            }
            return try parent.folder.makeNode(name, mode: S_IFCHR | 0o600, device: .device(major, minor))
        case .file, .directory, .hardLink, .socket:
            throw NexcageError(.failed, "an entry was taken for a link or device")
        }
    }

    /// Removes what has the name of an entry.
    private mutating func clear(_ name: RootDirectory.Name) throws(NexcageError) {
        warnIfPlaced(name)
        try parent.folder.removeTree(name)
    }

    private mutating func warnIfPlaced(_ name: RootDirectory.Name) {
        guard isPlaced(name, in: parent.inode) else { return }
        hasEqualPaths = true
        report.warn("\(quoted(parent.path.replacingName(with: name).description)) comes twice, the last one counts")
    }
}

extension TarEntry {
    fileprivate var time: timespec { timespec(tv_sec: modified.seconds, tv_nsec: modified.nanoseconds) }
}
