internal import Glibc
public import SystemPackage

/// A flock(2) on a file: freed by ``unlock()``, by the end of this value, and by the kernel when the process dies.
///
/// The lock belongs to the open file, so a child that was forked meanwhile holds it too until it closes its copy. That is
/// wanted: whoever still builds a container after its creator was killed keeps the lock, and ``FileLock/holders(of:)``
/// finds it. ``unlock()`` frees the lock for all copies.
public struct FileLock: ~Copyable {
    /// What is asked for.
    public enum Mode: Sendable {
        /// Readers: many at a time.
        case shared
        /// One writer and nobody else.
        case exclusive
    }

    /// Where the descriptor is put: above everything that `--preserve-fds` could pass to a container.
    private static let lowestDescriptor: Int32 = 200

    private let file: OwnedDescriptor
    /// The locked file.
    public let path: FilePath

    /// Opens the file, makes it if it is missing, and waits for the lock.
    ///
    /// - Parameters:
    ///   - create: whether a missing file is made (mode 0600); otherwise it is `notFound`.
    ///   - timeout: how long to wait for another holder; nil waits for ever.
    /// - Throws: `busy` when the time is over.
    public init(
        _ path: FilePath, _ mode: Mode, create: Bool = true, timeout: Duration? = nil
    ) throws(NexcageError) {
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT : 0)
        let first = try OwnedDescriptor(
            checking: path.withPlatformString { open($0, flags, 0o600) }, "open", path.string)
        let file = try OwnedDescriptor(
            checking: fcntl(first.descriptor.rawValue, F_DUPFD_CLOEXEC, Self.lowestDescriptor), "open", path.string)
        try Self.acquire(file.descriptor, mode, path: path, timeout: timeout)
        self.init(file: file, path: path)
    }

    private init(file: consuming OwnedDescriptor, path: FilePath) {
        self.file = file
        self.path = path
    }

    private static func acquire(
        _ file: FileDescriptor, _ mode: Mode, path: FilePath, timeout: Duration?
    ) throws(NexcageError) {
        let operation = mode == .shared ? LOCK_SH : LOCK_EX
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while flock(file.rawValue, deadline == nil ? operation : operation | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK:
                guard let deadline, ContinuousClock.now < deadline else {
                    throw NexcageError(.busy, "lock \(quoted(path.string)): another process holds it")
                }
                usleep(5_000)
            default: throw NexcageError.system("lock", path, .current)
            }
        }
    }

    /// The open file, for a child that shall hold the lock too.
    public var descriptor: FileDescriptor { file.descriptor }

    /// Whether the path still names the locked file: false when it was removed while we waited.
    public var isCurrent: Bool {
        var locked = stat()
        var named = stat()
        return fstat(file.descriptor.rawValue, &locked) == 0
            && path.withPlatformString { lstat($0, &named) } == 0
            && locked.st_ino == named.st_ino && locked.st_dev == named.st_dev
    }

    /// Frees the lock, also for children that still hold the file open.
    public consuming func unlock() {
        // Unlocking an open file cannot fail but by a wrong descriptor, and closing it follows in any case.
        _ = flock(file.descriptor.rawValue, LOCK_UN)
    }

    /// The processes, this one left out, that have the file open: the ones that still work on what it guards.
    public static func holders(of path: FilePath) throws(NexcageError) -> [Int32] {
        var wanted = stat()
        guard path.withPlatformString({ stat($0, &wanted) }) == 0 else { return [] }
        var found: [Int32] = []
        for entry in try HostDirectory.entries("/proc") {
            guard let pid = Int32(entry.string), pid != getpid() else { continue }
            let folder = FilePath("/proc/\(pid)/fd")
            // A process that ended meanwhile holds nothing.
            guard let descriptors = try? HostDirectory.entries(folder) else { continue }
            let holds = descriptors.contains { name in
                var status = stat()
                return folder.appending(name).withPlatformString { stat($0, &status) } == 0
                    && status.st_ino == wanted.st_ino && status.st_dev == wanted.st_dev
            }
            if holds { found.append(pid) }
        }
        return found
    }
}
