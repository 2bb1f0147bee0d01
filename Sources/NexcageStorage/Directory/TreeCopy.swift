internal import Glibc
internal import NexcageSystem
internal import SystemPackage

/// A copy of a tree that keeps owners, modes, times, extended attributes, hard links and special files.
struct TreeCopy {
    /// Where a file with several names was copied to first.
    private struct FirstName {
        let folder: RootDirectory.Path
        let name: RootDirectory.Name
    }

    private var firstNames: [UInt64: FirstName] = [:]

    /// Copies what is in `source` into the empty directory `target`, and its attributes to it.
    mutating func copy(from source: FilePath, to target: FilePath) throws(NexcageError) {
        let root = try RootDirectory(target)
        try copyEntries(of: RootDirectory(source).top(), to: root.top(), path: [], root: root)
        try Self.copyTopAttributes(from: source, to: target)
    }

    /// Copies owner, mode, extended attributes and times of one directory to another.
    static func copyTopAttributes(from source: FilePath, to target: FilePath) throws(NexcageError) {
        guard let from = source.lastComponent, let to = target.lastComponent else { return }
        let sourceParent = try RootDirectory(source.removingLastComponent()).top()
        let targetParent = try RootDirectory(target.removingLastComponent()).top()
        try copyAttributes(
            of: RootDirectory.Name(from.string), in: sourceParent, to: RootDirectory.Name(to.string), in: targetParent)
    }

    private mutating func copyEntries(
        of source: borrowing RootDirectory.Folder, to target: borrowing RootDirectory.Folder,
        path: [UInt8], root: borrowing RootDirectory
    ) throws(NexcageError) {
        for name in try source.entries() {
            guard let status = try source.status(of: name) else { continue }
            if status.linkCount > 1, status.kind != .directory {
                if let first = firstNames[status.inode] {
                    try target.makeLink(name, to: first.name, in: root.folder(first.folder))
                    continue
                }
                firstNames[status.inode] = FirstName(folder: try RootDirectory.Path(path), name: name)
            }
            switch status.kind {
            case .directory:
                try target.makeDirectory(name)
                let below = path + name.bytes + [0x2F]
                try copyEntries(of: source.folder(name), to: target.folder(name), path: below, root: root)
            case .file: try copyContent(of: name, from: source, to: target)
            case .symbolicLink: try target.makeSymbolicLink(name, to: source.readLink(name))
            default: try target.makeNode(name, mode: status.mode | status.kind.bits, device: status.device)
            }
            try Self.copyAttributes(of: name, in: source, to: name, in: target)
        }
    }

    private func copyContent(
        of name: RootDirectory.Name, from source: borrowing RootDirectory.Folder,
        to target: borrowing RootDirectory.Folder
    ) throws(NexcageError) {
        let from = try source.openFile(name)
        guard let to = try target.createFile(name) else {
            throw NexcageError(.alreadyExists, "copy \(quoted(name.description)): the target is not empty")
        }
        try to.descriptor.copyContent(of: from.descriptor)
    }

    /// Owner first, which clears set-uid bits and capabilities; times last, which everything else changes.
    private static func copyAttributes(
        of name: RootDirectory.Name, in source: borrowing RootDirectory.Folder,
        to newName: RootDirectory.Name, in target: borrowing RootDirectory.Folder
    ) throws(NexcageError) {
        guard let status = try source.status(of: name) else { return }
        try target.setOwner(of: newName, status.owner, status.group)
        if status.kind != .symbolicLink { try target.setMode(of: newName, status.mode) }
        for (key, value) in try source.attributes(of: name) where !key.starts(with: Self.overlayPrefix) {
            guard try target.setAttribute(of: newName, key, value) else {
                throw NexcageError(.unsupported, "copy \(quoted(name.description)): its attributes cannot be kept")
            }
        }
        try target.setTimes(of: newName, status.modified)
    }

    /// overlayfs's own marks belong to one upper directory and mislead in another.
    private static let overlayPrefix = Array("trusted.overlay.".utf8)
}

extension RootDirectory.Kind {
    /// The kind as mknod(2) takes it.
    fileprivate var bits: mode_t {
        switch self {
        case .characterDevice: S_IFCHR
        case .blockDevice: S_IFBLK
        case .fifo: S_IFIFO
        case .socket: S_IFSOCK
        case .file, .directory, .symbolicLink: 0
        }
    }
}
