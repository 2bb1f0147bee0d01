public import Glibc
public import SystemPackage

/// Directories of the host, by path.
public enum HostDirectory {
    /// Makes the directory and its missing parents; one that exists is fine.
    public static func create(_ path: FilePath, mode: mode_t = 0o700) throws(NexcageError) {
        if path.withPlatformString({ mkdir($0, mode) }) == 0 { return }
        switch errno {
        case EEXIST where isDirectory(path): return
        case ENOENT where path.components.count > 1:
            try create(path.removingLastComponent(), mode: mode)
            guard path.withPlatformString({ mkdir($0, mode) }) == 0 || errno == EEXIST else { fallthrough }
        default: throw NexcageError.system("make directory", path, .current)
        }
    }

    /// Makes exactly this directory.
    ///
    /// - Returns: false if the name was already taken.
    public static func createNew(_ path: FilePath, mode: mode_t = 0o700) throws(NexcageError) -> Bool {
        if path.withPlatformString({ mkdir($0, mode) }) == 0 { return true }
        if errno == EEXIST { return false }
        throw NexcageError.system("make directory", path, .current)
    }

    /// The working directory.
    public static func current() throws(NexcageError) -> FilePath {
        guard let path = getcwd(nil, 0) else { throw NexcageError.system("find the working directory", nil, .current) }
        defer { free(path) }
        return FilePath(platformString: path)
    }

    /// An absolute form of a path that a user typed, seen from the working directory.
    public static func absolute(_ path: FilePath) throws(NexcageError) -> FilePath {
        if path.isAbsolute { return path.lexicallyNormalized() }
        return try current().pushing(path).lexicallyNormalized()
    }

    /// Whether the path names a directory, symbolic links followed.
    public static func isDirectory(_ path: FilePath) -> Bool {
        var status = stat()
        return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in the directory without `.` and `..`, as the bytes they are, sorted.
    ///
    /// - Throws: `notFound` if it does not exist.
    public static func entries(_ path: FilePath) throws(NexcageError) -> [FilePath.Component] {
        guard let stream = path.withPlatformString({ opendir($0) }) else {
            throw NexcageError.system("list", path, .current)
        }
        defer { closedir(stream) }
        var names: [FilePath.Component] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath(platformString: $0) }
            }
            if let component = name.lastComponent, component.kind == .regular { names.append(component) }
        }
        guard errno == 0 else { throw NexcageError.system("list", path, .current) }
        return names.sorted { $0.string < $1.string }
    }

    /// Removes an empty directory; one that is not there is fine.
    public static func removeEmpty(_ path: FilePath) throws(NexcageError) {
        guard path.withPlatformString({ rmdir($0) }) != 0, errno != ENOENT else { return }
        throw NexcageError.system("remove directory", path, .current)
    }

    /// Removes a tree without following symbolic links and without leaving its file system, so that a mount that was
    /// forgotten below it costs an error and never somebody's files.
    public static func removeTree(_ path: FilePath) throws(NexcageError) {
        var status = stat()
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
            if errno == ENOENT { return }
            throw NexcageError.system("remove", path, .current)
        }
        try removeTree(path, device: status.st_dev)
    }

    private static func removeTree(_ path: FilePath, device: dev_t) throws(NexcageError) {
        var status = stat()
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
            if errno == ENOENT { return }
            throw NexcageError.system("remove", path, .current)
        }
        guard status.st_dev == device else {
            throw NexcageError(.busy, "remove \(quoted(path.string)): something is still mounted there")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return try HostFile.remove(path) }
        // Somebody who opens a lock file there may put it back between the listing and the end; not for ever, though.
        for _ in 0..<100 {
            for name in try entries(path) { try removeTree(path.appending(name), device: device) }
            if path.withPlatformString({ rmdir($0) }) == 0 || errno == ENOENT { return }
            guard errno == ENOTEMPTY else { break }
        }
        throw NexcageError.system("remove directory", path, .current)
    }
}
