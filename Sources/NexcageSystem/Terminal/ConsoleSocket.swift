internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// The receiving end of a console socket: a runtime connects and sends the master of the container's terminal
/// (runc's docs/terminals.md).
public struct ConsoleSocket: ~Copyable {
    private let listener: OwnedDescriptor
    private let folder: OwnedDescriptor
    private let file: FilePath
    /// What the runtime is given. It goes through our open directory, because a socket's address may have 107 bytes only.
    public let path: FilePath

    /// Listens at a name in a directory of ours.
    public init(in directory: FilePath, name: String = "console.sock") throws(NexcageError) {
        let raw = directory.withPlatformString { open($0, nxc_o_path() | O_DIRECTORY | O_CLOEXEC) }
        let folder = try OwnedDescriptor(checking: raw, "open", directory.string)
        let file = directory.appending(name)
        let path = FilePath("/proc/\(getpid())/fd/\(raw)/\(name)")
        try HostFile.remove(file)
        let listener = try OwnedDescriptor(checking: nxc_listen_unix(path.string), "listen on", file.string)
        self.init(listener: listener, folder: folder, file: file, path: path)
    }

    private init(
        listener: consuming OwnedDescriptor, folder: consuming OwnedDescriptor, file: FilePath, path: FilePath
    ) {
        self.listener = listener
        self.folder = folder
        self.file = file
        self.path = path
    }

    /// The master that the runtime sends.
    ///
    /// - Throws: `failed` if none comes in time.
    public func receive(timeout: Duration = .seconds(30)) throws(NexcageError) -> OwnedDescriptor {
        let milliseconds = Int32(timeout / .milliseconds(1))
        return try OwnedDescriptor(
            checking: nxc_accept_descriptor(listener.descriptor.rawValue, milliseconds), "receive the terminal from",
            file.string)
    }

    deinit {
        // The folder goes with the container; a socket that stays until then harms nobody.
        _ = file.withPlatformString { unlink($0) }
    }
}
