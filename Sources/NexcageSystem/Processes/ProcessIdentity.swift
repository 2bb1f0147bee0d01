internal import CNexcageSystem
internal import Glibc
internal import SystemPackage

/// A process that cannot be mistaken for a later one of the same number: its pid and the moment it started.
public struct ProcessIdentity: Sendable, Hashable {
    /// The number in this process's pid namespace.
    public let pid: Int32
    /// Field 22 of /proc/PID/stat: clock ticks after boot (proc(5)).
    public let startTime: UInt64

    /// An identity read from a record.
    public init(pid: Int32, startTime: UInt64) {
        self.pid = pid
        self.startTime = startTime
    }

    /// The process that has this number now.
    ///
    /// - Throws: `notFound` if there is none.
    public init(of pid: Int32) throws(NexcageError) {
        guard let fields = try Self.statistics(of: pid) else {
            throw NexcageError(.notFound, "process \(pid) does not exist")
        }
        self.init(pid: pid, startTime: fields.startTime)
    }

    /// The number of the calling process.
    public static var ownPid: Int32 { getpid() }

    /// Whether it still runs: a zombie has ended, and a process with another start time is a stranger.
    public var isAlive: Bool {
        guard let fields = try? Self.statistics(of: pid) else { return false }
        return fields.startTime == startTime && fields.state != UInt8(ascii: "Z") && fields.state != UInt8(ascii: "X")
    }

    /// Sends a signal to exactly this process.
    ///
    /// - Throws: `wrongState` with runc's words `process already finished` if it is gone.
    public func send(_ signal: Signal) throws(NexcageError) {
        let raw = nxc_pidfd_open(pid)
        guard raw >= 0 else {
            if errno == ESRCH { throw NexcageError(.wrongState, "process already finished") }
            throw NexcageError.system("open process \(pid)", nil, .current)
        }
        let process = OwnedDescriptor(FileDescriptor(rawValue: raw))
        // Only now is the number pinned: the start time tells whether it was still ours.
        guard isAlive else { throw NexcageError(.wrongState, "process already finished") }
        guard nxc_pidfd_send_signal(process.descriptor.rawValue, signal.number) == 0 else {
            if errno == ESRCH { throw NexcageError(.wrongState, "process already finished") }
            throw NexcageError.system("send \(signal) to process \(pid)", nil, .current)
        }
    }

    /// Waits until it has ended, looking every few milliseconds: it need not be a child.
    ///
    /// - Returns: false when the time was over first.
    public func waitUntilGone(timeout: Duration) -> Bool {
        let deadline = ContinuousClock.now + timeout
        while isAlive {
            guard ContinuousClock.now < deadline else { return false }
            usleep(5_000)
        }
        return true
    }

    private struct Statistics {
        var state: UInt8
        var startTime: UInt64
    }

    /// State and start time out of /proc/PID/stat, or nil if the process is gone.
    private static func statistics(of pid: Int32) throws(NexcageError) -> Statistics? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let file = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ESRCH { return nil }
            throw NexcageError.system("open", "/proc/\(pid)/stat", .current)
        }
        let process = OwnedDescriptor(FileDescriptor(rawValue: file))
        let count = read(process.descriptor.rawValue, &buffer, buffer.count)
        guard count > 0 else { return nil }
        // The name in the second field may hold blanks and parentheses; what follows the last one is regular.
        guard let end = buffer[..<count].lastIndex(of: UInt8(ascii: ")")), end + 2 < count else { return nil }
        let fields = buffer[(end + 2)..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 19, let state = fields[0].first,
            let startTime = UInt64(String(decoding: fields[19], as: UTF8.self))
        else { return nil }
        return Statistics(state: state, startTime: startTime)
    }
}
