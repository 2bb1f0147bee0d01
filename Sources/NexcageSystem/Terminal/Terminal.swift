internal import CNexcageSystem
internal import Glibc
public import SystemPackage

/// The terminal that this process was started from.
public struct Terminal: ~Copyable {
    private let descriptor: FileDescriptor

    /// Puts a terminal into raw mode until this value ends; nil if the descriptor is none.
    public init?(raw descriptor: FileDescriptor) throws(NexcageError) {
        guard isatty(descriptor.rawValue) == 1 else { return nil }
        guard nxc_terminal_raw(descriptor.rawValue) == 0 else {
            throw NexcageError.system("put the terminal into raw mode", nil, .current)
        }
        self.descriptor = descriptor
    }

    deinit {
        // The terminal may have gone away, and then nobody minds its settings.
        _ = nxc_terminal_restore(descriptor.rawValue)
    }

    /// Gives the container's terminal the size of ours; where we have none, nothing happens.
    public static func copySize(from source: FileDescriptor, to target: FileDescriptor) {
        // A terminal without a size is still a terminal.
        _ = nxc_terminal_copy_size(source.rawValue, target.rawValue)
    }

    /// Whether the descriptor is a terminal.
    public static func isTerminal(_ descriptor: FileDescriptor) -> Bool {
        isatty(descriptor.rawValue) == 1
    }
}
