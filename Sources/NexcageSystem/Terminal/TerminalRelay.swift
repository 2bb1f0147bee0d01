internal import Glibc
internal import SystemPackage

/// Carries bytes between this process's standard streams and the master of a container's terminal.
public struct TerminalRelay: ~Copyable {
    private let master: OwnedDescriptor
    private var inputIsOpen = true
    private var outputIsOpen = true

    /// A relay that owns the master.
    public init(master: consuming OwnedDescriptor) {
        self.master = master
    }

    /// Takes over the window's size.
    public func resize() {
        Terminal.copySize(from: .standardInput, to: master.descriptor)
    }

    /// What to wait for, for poll(2): negative numbers are left out.
    public var inputDescriptor: Int32 { inputIsOpen ? STDIN_FILENO : -1 }
    /// What to wait for on the container's side.
    public var outputDescriptor: Int32 { outputIsOpen ? master.descriptor.rawValue : -1 }

    /// What was typed goes to the container; at its end ^D does.
    public mutating func carryInput() throws(NexcageError) {
        if try carry(from: STDIN_FILENO, to: master.descriptor.rawValue) { return }
        inputIsOpen = false
        let endOfTransmission: [UInt8] = [4]
        try master.descriptor.writeAll(endOfTransmission, name: "terminal")
    }

    /// What the container prints goes out.
    public mutating func carryOutput() throws(NexcageError) {
        if try !carry(from: master.descriptor.rawValue, to: STDOUT_FILENO) { outputIsOpen = false }
    }

    /// The rest of what the container has printed, after its end.
    public mutating func drain() throws(NexcageError) {
        while outputIsOpen {
            var waiting = pollfd(fd: outputDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 0) > 0 else { return }
            try carryOutput()
        }
    }

    /// Copies once. Returns false at the end of the source; a terminal whose other side has closed says EIO.
    private func carry(from source: Int32, to target: Int32) throws(NexcageError) -> Bool {
        var failure: Errno?
        let chunk = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, initialized in
            let count = read(source, buffer.baseAddress, buffer.count)
            if count < 0 { failure = .current }
            initialized = max(count, 0)
        }
        switch failure {
        case nil: break
        case .interrupted?, .wouldBlock?: return true
        case .ioError?: return false
        case let other?: throw NexcageError.system("read the terminal", nil, other)
        }
        guard !chunk.isEmpty else { return false }
        try FileDescriptor(rawValue: target).writeAll(chunk, name: "terminal")
        return true
    }
}
