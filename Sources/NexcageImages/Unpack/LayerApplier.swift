internal import Glibc
internal import NexcageSystem

/// Applies the entries of one layer to a tree that shows the layers below it (image-spec layer.md).
///
/// The rules where the specification leaves a choice, or where hostile layers aim:
///
/// - A name is relative to the root, however many slashes it begins with. A `..` in it is refused.
/// - Links on the way to a parent are followed inside the root; what has the entry's own name is never followed: a
///   directory over a directory changes its attributes, anything else is removed first.
/// - A whiteout or opaque marker hides what lower layers put there, never what this layer puts there, whatever the order.
///   Below a symbolic link it does nothing.
/// - A hard link needs its target to be there already, in this layer or a lower one.
/// - A path that comes twice: the last one wins, with a warning.
/// - Attributes come in the order content, owner, mode, extended attributes, times; times of directories at the very end.
/// - `user.*` and `security.capability` are kept; other extended attributes belong to the host and are dropped.
struct LayerApplier: ~Copyable {
    /// A directory that entries are put into.
    struct Parent: ~Copyable {
        let folder: RootDirectory.Folder
        let inode: UInt64
        /// The entry for which it was opened.
        let path: RootDirectory.Path

        init(_ folder: consuming RootDirectory.Folder, for path: RootDirectory.Path) throws(NexcageError) {
            inode = try folder.status().inode
            self.folder = folder
            self.path = path
        }
    }

    /// Something that this layer has put somewhere. The inode of its directory stands for the directory, which may be
    /// reached by several paths.
    private struct Placed: Hashable {
        let parent: UInt64
        let name: RootDirectory.Name
    }

    /// The directory of the last entry; archives stay in one directory most of the time.
    var parent: Parent
    var report = LayerReport()
    /// Whether a path came twice.
    var hasEqualPaths = false
    private var placed: Set<Placed> = []
    private var directoryTimes: [(path: RootDirectory.Path, time: timespec)] = []

    private init(_ root: borrowing RootDirectory) throws(NexcageError) {
        parent = try Parent(root.top(), for: .root)
    }

    /// Applies all entries.
    ///
    /// - Throws: `integrity` for a layer that cannot be meant well, with the entry named. The tree is worthless then.
    static func apply<Source: ByteSource & ~Copyable>(
        _ reader: inout TarReader<Source>, to root: borrowing RootDirectory
    ) throws(NexcageError) -> LayerReport {
        var applier = try LayerApplier(root)
        while let entry = try reader.next() {
            do throws(NexcageError) {
                try applier.apply(entry, from: &reader, to: root)
            } catch {
                throw error.wrapped("entry \(quoted(String(decoding: entry.path, as: UTF8.self)))")
            }
        }
        try applier.setDirectoryTimes(in: root)
        return applier.report
    }

    private mutating func apply<Source: ByteSource & ~Copyable>(
        _ entry: TarEntry, from reader: inout TarReader<Source>, to root: borrowing RootDirectory
    ) throws(NexcageError) {
        report.entries += 1
        let path = try Self.path(entry.path)
        guard let name = path.name else { return try applyRoot(entry, to: root) }
        if let whiteout = try Whiteout(name) { return try apply(whiteout, at: path, in: root) }
        if entry.kind == .socket { return report.warn("\(quoted(path.description)) is a socket and was left out") }
        try enter(path, in: root)
        switch entry.kind {
        case .directory: try makeDirectory(name, entry, path)
        case .file: try makeFile(name, entry, from: &reader)
        case .hardLink: try makeHardLink(name, entry, in: root)
        default: try makeSpecial(name, entry)
        }
        placed.insert(Placed(parent: parent.inode, name: name))
    }

    /// Reads a name of the archive by the rule above.
    static func path(_ bytes: [UInt8]) throws(NexcageError) -> RootDirectory.Path {
        let path: RootDirectory.Path
        do throws(NexcageError) {
            path = try RootDirectory.Path(bytes)
        } catch {
            throw NexcageError(.integrity, error.message)
        }
        guard !path.hasParentReference else { throw NexcageError(.integrity, "a name in a layer may not hold \"..\"") }
        return path
    }

    /// Whether this layer has put something of that name into that directory.
    func isPlaced(_ name: RootDirectory.Name, in inode: UInt64) -> Bool {
        placed.contains(Placed(parent: inode, name: name))
    }

    // MARK: Directory times

    /// Remembers a time that later entries would change.
    mutating func setLater(_ time: timespec, of path: RootDirectory.Path) {
        directoryTimes.append((path, time))
    }

    /// Children first, so that no parent is touched again.
    private func setDirectoryTimes(in root: borrowing RootDirectory) throws(NexcageError) {
        for (path, time) in directoryTimes.reversed() {
            guard let name = path.name else {
                let top = try root.top().readable()
                try top.descriptor.setTimes(time)
                continue
            }
            do throws(NexcageError) {
                let folder = try root.parent(of: path)
                if try folder.status(of: name)?.kind == .directory { try folder.setTimes(of: name, time) }
            } catch {
                // A later entry of the same path, or of a parent's, has replaced the directory.
                guard hasEqualPaths else { throw error }
            }
        }
    }
}
