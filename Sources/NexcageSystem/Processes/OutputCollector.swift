internal import CNexcageSystem
internal import Glibc
internal import SystemPackage

/// Our end of a pipe that a program writes to, and what came through it so far.
struct OutputCollector: ~Copyable {
    private let limit: Int
    private var reading: FileDescriptor?
    private var writing: FileDescriptor?
    private var bytes: [UInt8] = []

    init(_ output: Command.Output) throws(NexcageError) {
        guard case .captured(let limit) = output else {
            self.limit = 0
            return
        }
        self.limit = limit
        var ends: [Int32] = [-1, -1]
        guard nxc_pipe(&ends) == 0 else { throw NexcageError.system("make a pipe", nil, .current) }
        reading = FileDescriptor(rawValue: ends[0])
        writing = FileDescriptor(rawValue: ends[1])
    }

    deinit {
        for end in [reading, writing] {
            if let end { _ = Glibc.close(end.rawValue) }
        }
    }

    /// What the program gets as its standard output, or nil if it has ours.
    var childDescriptor: Int32? { writing?.rawValue }
    /// Whether more may come.
    var isOpen: Bool { reading != nil }
    /// For poll(2), which leaves out negative numbers.
    var pollDescriptor: Int32 { reading?.rawValue ?? -1 }

    /// To be called once the program runs: only then does its end close the pipe.
    mutating func closeChildEnd() {
        if let end = writing.take() { _ = Glibc.close(end.rawValue) }
    }

    /// Takes what is there; the oldest bytes go when there are more than the limit.
    mutating func readOnce() throws(NexcageError) {
        guard let end = reading else { return }
        var failure: Errno?
        let chunk = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, initialized in
            let count = read(end.rawValue, buffer.baseAddress, buffer.count)
            if count < 0 { failure = .current }
            initialized = max(count, 0)
        }
        if let failure {
            if failure == .interrupted { return }
            throw NexcageError.system("read a program's output", nil, failure)
        }
        guard !chunk.isEmpty else {
            reading = nil
            _ = Glibc.close(end.rawValue)
            return
        }
        bytes += chunk
        if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
    }

    /// Everything that was kept.
    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }
}
