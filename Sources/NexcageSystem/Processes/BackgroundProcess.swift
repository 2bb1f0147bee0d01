internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// A process of ours that goes on in the background as another program, while the caller waits for it to get there.
public struct BackgroundProcess: ~Copyable {
    /// 0 in the background process itself.
    private let pid: Int32
    private let pipe: OwnedDescriptor

    /// Splits this process in two, which both return from here.
    ///
    /// The new one is the leader of a session, and the reaper of its descendants (``ChildReaper``).
    public static func begin() throws(NexcageError) -> BackgroundProcess {
        var ends: [Int32] = [-1, -1]
        guard nxc_pipe(&ends) == 0 else { throw .system("make a pipe", nil, .current) }
        let reading = OwnedDescriptor(FileDescriptor(rawValue: ends[0]))
        let writing = OwnedDescriptor(FileDescriptor(rawValue: ends[1]))
        let pid = nxc_fork_session()
        guard pid >= 0 else { throw .system("fork", nil, .current) }
        guard pid == 0 else { return BackgroundProcess(pid: pid, pipe: reading) }
        try ChildReaper.begin()
        return BackgroundProcess(pid: 0, pipe: writing)
    }

    private init(pid: Int32, pipe: consuming OwnedDescriptor) {
        self.pid = pid
        self.pipe = pipe
    }

    /// Whether this is the background process.
    public var isBackground: Bool { pid == 0 }

    /// For the foreground: waits until the other process has become its program.
    ///
    /// - Returns: nil if it has, else the exit code with which it ended instead.
    public consuming func wait() throws(NexcageError) -> Int32? {
        // Closed by a successful execve(2), and by the end of the process.
        let word = try pipe.readAll(limit: 1, name: "pipe")
        guard word.isEmpty else { return nil }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw .system("wait for the background process", nil, .current) }
        }
        return nxc_exit_code(status)
    }

    /// For the background process: goes on as a program without standard streams. Returns only by an error.
    ///
    /// - Parameter arguments: what follows the program's name.
    public consuming func become(_ program: FilePath, _ arguments: [String]) throws(NexcageError) -> Never {
        try pipe.descriptor.writeAll([1], name: "pipe")
        try StandardStreams.redirect(input: nil, output: "/dev/null")
        var strings = CStrings()
        let words = ([program.string] + arguments).map { UnsafeMutablePointer(mutating: strings.copy($0)) } + [nil]
        _ = program.withPlatformString { execv($0, words) }
        throw .system("execute", program, .current)
    }
}
