extension RootDirectory {
    /// One component of a path: any bytes but `/` and NUL, and neither empty nor `.` nor `..`.
    ///
    /// Names come from images and need not be UTF-8; they are compared and handed to the kernel as the bytes they are.
    public struct Name: Hashable, Sendable, CustomStringConvertible {
        /// The bytes with the NUL that system calls want behind them.
        let terminated: [UInt8]

        /// The longest name that Linux file systems take, in bytes.
        public static let limit = 255

        /// Takes the bytes of one component.
        ///
        /// - Throws: `invalid` if they cannot be a name.
        public init(_ bytes: some Collection<UInt8>) throws(NexcageError) {
            guard !bytes.isEmpty, !bytes.elementsEqual([0x2E]), !bytes.elementsEqual([0x2E, 0x2E]),
                !bytes.contains(where: { $0 == 0x2F || $0 == 0 })
            else {
                throw NexcageError(.invalid, "\(quoted(String(decoding: bytes, as: UTF8.self))) is not a file name")
            }
            guard bytes.count <= Self.limit else {
                throw NexcageError(.invalid, "a file name of \(bytes.count) bytes is too long")
            }
            self.init(unchecked: bytes)
        }

        /// Takes the bytes of one component that was checked before.
        init(unchecked bytes: some Collection<UInt8>) {
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count + 1)
            copy.append(contentsOf: bytes)
            copy.append(0)
            terminated = copy
        }

        /// Takes a name that is written in the program or in a specification.
        public init(_ text: String) throws(NexcageError) {
            try self.init(Array(text.utf8))
        }

        /// The bytes of the name.
        public var bytes: ArraySlice<UInt8> { terminated.dropLast() }

        /// The name as text, bytes that are not UTF-8 replaced: for people, not for system calls.
        public var description: String { String(decoding: bytes, as: UTF8.self) }

        /// Calls `body` with the name as a C string.
        @inline(__always)
        func with<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
            Self.withPointer(terminated, body)
        }

        /// Calls `body` with bytes that end in NUL as a C string.
        @inline(__always)
        static func withPointer<Result>(_ terminated: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
            terminated.withUnsafeBytes { buffer in
                let text = buffer.assumingMemoryBound(to: CChar.self)
                // An array that holds at least its NUL always has a base address.
                guard let base = text.baseAddress else { preconditionFailure("a C string without its NUL") }
                return body(base)
            }
        }
    }
}
