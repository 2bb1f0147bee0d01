internal import Glibc
public import SystemPackage

/// A file descriptor that closes itself when its owner lets go of it.
public struct OwnedDescriptor: ~Copyable {
    /// The descriptor; valid as long as this value lives.
    public let descriptor: FileDescriptor

    /// Takes over an open descriptor: nobody else may close it from now on.
    public init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Takes over what a C call returned.
    ///
    /// - Throws: the error number as `call "object": reason` if `rawValue` is negative.
    public init(
        checking rawValue: Int32, _ call: String, _ object: @autoclosure () -> String
    ) throws(NexcageError) {
        guard rawValue >= 0 else { throw NexcageError.system(call, object(), .current) }
        descriptor = FileDescriptor(rawValue: rawValue)
    }

    /// ``SystemPackage/FileDescriptor/readAll(limit:name:)``, during which the descriptor stays open also for a temporary.
    public func readAll(limit: Int, name: String) throws(NexcageError) -> [UInt8] {
        try descriptor.readAll(limit: limit, name: name)
    }

    /// Gives the descriptor away; the caller closes it.
    public consuming func release() -> FileDescriptor {
        let given = descriptor
        discard self
        return given
    }

    deinit {
        // close(2) frees the number whatever it returns, and nothing that this type guards is flushed by it.
        _ = close(descriptor.rawValue)
    }
}
