internal import CNexcageSystem
internal import Glibc
internal import SystemPackage

/// Signals of this process as something to wait for: blocked as long as this lives, and read one by one.
public struct SignalDescriptor: ~Copyable {
    private let descriptor: OwnedDescriptor

    /// The signals that a foreground run passes on, and those that it needs itself.
    private static let watched: [Int32] = [
        SIGCHLD, SIGWINCH, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU,
        SIGALRM, SIGURG, SIGPIPE,
    ]

    /// Blocks the signals that a user or an engine could send to a foreground run.
    public init() throws(NexcageError) {
        descriptor = try OwnedDescriptor(
            checking: nxc_signal_descriptor(Self.watched, Int32(Self.watched.count)), "watch", "signals")
    }

    /// For poll(2).
    public var rawValue: Int32 { descriptor.descriptor.rawValue }

    /// The next signal, or nil if none is waiting.
    public func next() throws(NexcageError) -> Signal? {
        let number = nxc_read_signal(rawValue)
        guard number >= 0 else { throw NexcageError.system("read a signal", nil, .current) }
        return number == 0 ? nil : Signal(trusted: number)
    }

    deinit {
        // Signals that came meanwhile are delivered now; a failure could only be a wrong argument.
        _ = nxc_unblock_signals()
    }
}
