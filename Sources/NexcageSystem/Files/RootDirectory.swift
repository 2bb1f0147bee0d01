internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// A directory that is the root of everything looked up in it: no name, symbolic link or `..` leads out of it.
///
/// The type holds an `O_PATH` descriptor. A path is split in two: its parent is resolved by the kernel with openat2(2),
/// `RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS`, so that an absolute link or `..` means *this* root; the last component is
/// then given to an `*at` call on that parent and never followed. No name is looked up twice, which leaves nothing to a
/// race. Use it for every file of a container's root file system and never a host path:
///
/// ```swift
/// let root = try RootDirectory("/run/bundle/rootfs")
/// let etc = try root.folder(RootDirectory.Path("etc"))
/// try etc.makeSymbolicLink(RootDirectory.Name("mtab"), to: "/proc/mounts")
/// ```
public struct RootDirectory: ~Copyable {
    private let handle: OwnedDescriptor

    /// Opens a directory of the host; symbolic links in *this* path are followed as usual.
    ///
    /// - Throws: `notFound`, or `failed` if it is not a directory.
    public init(_ path: FilePath) throws(NexcageError) {
        let raw = path.withPlatformString { nxc_open_directory_path($0) }
        handle = try OwnedDescriptor(checking: raw, "open directory", path.string)
    }

    /// Takes over a descriptor of a directory, for example that of a mount which is attached nowhere.
    public init(_ descriptor: consuming OwnedDescriptor) {
        handle = descriptor
    }

    /// The `O_PATH` descriptor; valid as long as this value lives.
    public var descriptor: FileDescriptor { handle.descriptor }

    /// The directory that `path` names, links resolved inside the root.
    ///
    /// - Throws: `notFound`; `integrity` for a loop of links; `failed` if it is not a directory.
    public borrowing func folder(_ path: Path) throws(NexcageError) -> Folder {
        try Folder(open(path.bytes, flags: nxc_o_path() | O_DIRECTORY, path.description))
    }

    /// The directory in which the last component of `path` is to be found, links resolved inside the root.
    public borrowing func parent(of path: Path) throws(NexcageError) -> Folder {
        try Folder(open(path.parent, flags: nxc_o_path() | O_DIRECTORY, path.description))
    }

    /// The same where no component may be a symbolic link.
    ///
    /// - Returns: nil if there is no such directory or a link is on the way.
    public borrowing func parentWithoutLinks(of path: Path) throws(NexcageError) -> Folder? {
        let flags = nxc_o_path() | O_DIRECTORY
        let raw = Name.withPointer(path.parent) { nxc_open_in_root(descriptor.rawValue, $0, flags, 1) }
        if raw < 0, errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
        return Folder(try OwnedDescriptor(checking: raw, "open", path.description))
    }

    /// The root itself as a folder.
    public borrowing func top() throws(NexcageError) -> Folder {
        try folder(Path.root)
    }

    /// Opens a regular file for reading, links resolved inside the root.
    ///
    /// What it is becomes known before it is opened for real, so that a FIFO cannot make the caller wait nor a device
    /// do something.
    ///
    /// - Throws: `invalid` if it is anything but a regular file.
    public borrowing func openFile(_ path: Path) throws(NexcageError) -> OwnedDescriptor {
        let found = try open(path.bytes, flags: nxc_o_path(), path.description)
        var status = stat()
        guard fstat(found.descriptor.rawValue, &status) == 0 else {
            throw NexcageError.system("stat", path.description, .current)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw NexcageError(.invalid, "open \(quoted(path.description)): not a regular file")
        }
        // The very file found above, by the kernel's own link to it.
        let link = "/proc/self/fd/\(found.descriptor.rawValue)"
        let raw = Glibc.open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        return try OwnedDescriptor(checking: raw, "open", path.description)
    }

    /// The whole content of a regular file, links resolved inside the root.
    ///
    /// - Parameter limit: how many bytes are accepted.
    public borrowing func readFile(_ path: Path, limit: Int = 16 << 20) throws(NexcageError) -> [UInt8] {
        let file = try openFile(path)
        return try file.descriptor.readAll(limit: limit, name: path.description)
    }

    /// Makes the directory and its missing parents; one that exists is fine, also behind a link.
    ///
    /// - Parameter mode: permission bits of each new directory, whatever the umask.
    public borrowing func makeDirectories(_ path: Path, mode: CInterop.Mode = 0o755) throws(NexcageError) {
        guard let name = path.name else { return }
        if exists(path) {
            _ = try folder(path)
            return
        }
        try makeDirectories(path.parentPath, mode: mode)
        let parent = try parent(of: path)
        try parent.makeDirectory(name)
        try parent.setMode(of: name, mode)
    }

    /// Bytes that an unprivileged user could still write to the file system of the root.
    public borrowing func freeBytes() throws(NexcageError) -> UInt64 {
        var status = statvfs()
        guard fstatvfs(descriptor.rawValue, &status) == 0 else { throw NexcageError.system("statfs", nil, .current) }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    private borrowing func exists(_ path: Path) -> Bool {
        let raw = Name.withPointer(path.bytes) { nxc_open_in_root(descriptor.rawValue, $0, nxc_o_path(), 0) }
        guard raw >= 0 else { return false }
        _ = Glibc.close(raw)
        return true
    }

    private borrowing func open(
        _ bytes: [UInt8], flags: Int32, _ name: @autoclosure () -> String
    ) throws(NexcageError) -> OwnedDescriptor {
        let raw = Name.withPointer(bytes) { nxc_open_in_root(descriptor.rawValue, $0, flags, 0) }
        guard raw < 0 else { return OwnedDescriptor(FileDescriptor(rawValue: raw)) }
        let reason = Errno.current
        let error = NexcageError.system("open", name(), reason)
        throw reason == .tooManySymbolicLinkLevels ? NexcageError(.integrity, error.message) : error
    }
}
