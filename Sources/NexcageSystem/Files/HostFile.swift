public import Glibc
public import SystemPackage

/// Whole files of the host, by path: read, replaced atomically, removed.
public enum HostFile {
    /// Whether a change must outlive a power failure.
    public enum Durability: Sendable {
        /// Boot-scoped state: void after a crash of the machine anyway, so nothing waits for the disk.
        case boot
        /// fsync(2) of the file and of its directory.
        case disk
    }

    /// Opens for reading; a directory, device or FIFO is an error, so that no name can make the caller wait.
    public static func open(_ path: FilePath) throws(NexcageError) -> OwnedDescriptor {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        let file = try OwnedDescriptor(checking: path.withPlatformString { Glibc.open($0, flags) }, "open", path.string)
        var status = stat()
        guard fstat(file.descriptor.rawValue, &status) == 0 else { throw NexcageError.system("stat", path, .current) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw NexcageError(.invalid, "open \(quoted(path.string)): not a regular file")
        }
        return file
    }

    /// The whole content.
    ///
    /// - Parameter limit: how many bytes are accepted.
    public static func read(_ path: FilePath, limit: Int = 16 << 20) throws(NexcageError) -> [UInt8] {
        try open(path).readAll(limit: limit, name: path.string)
    }

    /// Everything that comes out of a file of any kind, also a pipe.
    ///
    /// - Parameter path: `-` is standard input.
    public static func readStream(_ path: FilePath, limit: Int) throws(NexcageError) -> [UInt8] {
        guard path != "-" else { return try FileDescriptor.standardInput.readAll(limit: limit, name: "standard input") }
        let raw = path.withPlatformString { Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        return try OwnedDescriptor(checking: raw, "open", path.string).readAll(limit: limit, name: path.string)
    }

    /// Puts `bytes` in the place of whatever `path` names: readers see the old file or the new one, never a part.
    ///
    /// - Parameters:
    ///   - mode: permission bits of the new file.
    ///   - durability: whether it must be on the disk when this returns.
    public static func replace(
        _ path: FilePath, with bytes: [UInt8], mode: mode_t = 0o600, durability: Durability
    ) throws(NexcageError) {
        let temporary = path.appending(suffix: ".tmp.\(getpid())")
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        do throws(NexcageError) {
            var raw = temporary.withPlatformString { Glibc.open($0, flags, mode) }
            if raw < 0, errno == EEXIST {
                // A process that had this pid before has died here; its half-written file is nobody's.
                try remove(temporary)
                raw = temporary.withPlatformString { Glibc.open($0, flags, mode) }
            }
            let file = try OwnedDescriptor(checking: raw, "create", temporary.string)
            try file.descriptor.writeAll(bytes, name: temporary.string)
            if durability == .disk, fsync(file.descriptor.rawValue) != 0 {
                throw NexcageError.system("fsync", temporary, .current)
            }
            let renamed = temporary.withPlatformString { from in path.withPlatformString { rename(from, $0) } }
            guard renamed == 0 else { throw NexcageError.system("rename to", path, .current) }
        } catch {
            _ = temporary.withPlatformString { Glibc.unlink($0) }
            throw error
        }
        if durability == .disk { try synchronizeDirectory(path.removingLastComponent()) }
    }

    /// Makes renames and new names in a directory durable.
    public static func synchronizeDirectory(_ path: FilePath) throws(NexcageError) {
        let raw = path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        let directory = try OwnedDescriptor(checking: raw, "open", path.string)
        guard fsync(directory.descriptor.rawValue) == 0 else { throw NexcageError.system("fsync", path, .current) }
    }

    /// Removes a file; one that is not there is fine.
    public static func remove(_ path: FilePath) throws(NexcageError) {
        guard path.withPlatformString({ Glibc.unlink($0) }) != 0, errno != ENOENT else { return }
        throw NexcageError.system("remove", path, .current)
    }

    /// Whether the path names a regular file that the caller may execute.
    public static func isExecutable(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFREG
            && path.withPlatformString { access($0, X_OK) } == 0
    }

    /// Whether the path names anything, without following a last symbolic link.
    public static func exists(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { lstat($0, &status) } == 0
    }
}

extension FilePath {
    /// The same path with `suffix` glued to its last component.
    public func appending(suffix: String) -> FilePath {
        FilePath(string + suffix)
    }
}
