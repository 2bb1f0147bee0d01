internal import Glibc
internal import NexcageRuntime
internal import NexcageSystem
internal import SystemPackage

/// Stays beside a container that runs in the foreground: passes signals on, carries its terminal, and learns its exit code.
struct ForegroundRun: ~Copyable {
    private let signals: SignalDescriptor
    private let process: ProcessIdentity
    private var relay: TerminalRelay?

    /// - Parameters:
    ///   - signals: blocked since before the container was made, so that none is lost.
    ///   - relay: the container's terminal, if it has one.
    init(
        signals: consuming SignalDescriptor, process: ProcessIdentity, relay: consuming TerminalRelay?
    ) {
        self.signals = signals
        self.process = process
        self.relay = relay
    }

    /// Waits for the end of the container's first process, which must be a descendant (see ``ChildReaper``).
    ///
    /// - Returns: its exit code, 128 + n after signal n.
    mutating func wait() throws(NexcageError) -> Int32 {
        // Raw as long as it is held: until the end of the container.
        let terminal = relay == nil ? nil : try Terminal(raw: .standardInput)
        relay?.resize()
        let exitCode = try loop()
        _ = consume terminal
        return exitCode
    }

    private mutating func loop() throws(NexcageError) -> Int32 {
        while true {
            if let exitCode = try ChildReaper.reap(lookingFor: process.pid) {
                try relay?.drain()
                return exitCode
            }
            var waiting = [
                pollfd(fd: signals.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: relay?.inputDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: relay?.outputDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            // A second is the longest that a SIGCHLD which was merged with another could hide.
            guard poll(&waiting, 3, 1000) >= 0 || errno == EINTR else {
                throw NexcageError.system("wait for the container", nil, .current)
            }
            if waiting[1].revents != 0 { try relay?.carryInput() }
            if waiting[2].revents != 0 { try relay?.carryOutput() }
            if waiting[0].revents != 0 { try passSignals() }
        }
    }

    private func passSignals() throws(NexcageError) {
        while let signal = try signals.next() {
            switch signal.number {
            // SIGPIPE is about a pipe of ours: a hook that does not read its state, or a reader of our output that left.
            case SIGCHLD, SIGPIPE: continue
            case SIGWINCH: relay?.resize()
            default:
                do throws(NexcageError) {
                    try process.send(signal)
                } catch let error where error.code == .wrongState {
                    // It ended while the signal was on its way; the loop will see that.
                }
            }
        }
    }
}
