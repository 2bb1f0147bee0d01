public import NexcageSystem

/// The name of a container within one state root: runc's rule, `[A-Za-z0-9_+-][A-Za-z0-9_+.-]*`.
///
/// At most ``maximumLength`` bytes. It becomes a directory's name and a part of cgroup paths, so nothing but this type may carry it there.
public struct ContainerID: Sendable, Hashable, CustomStringConvertible {
    /// The name as given.
    public let description: String

    /// The longest name that still leaves room for the files beside it.
    public static let maximumLength = 200

    /// Checks a name that came from outside.
    ///
    /// - Throws: `invalid` with runc's words `container id ... invalid`.
    public init(_ text: String) throws(NexcageError) {
        let bytes = text.utf8
        guard let first = bytes.first, Self.mayBegin(first), bytes.allSatisfy({ Self.mayBegin($0) || $0 == 0x2E })
        else {
            throw NexcageError(
                .invalid,
                "invalid container id \(quoted(text)): use letters, digits, \"_\", \"+\", \"-\" and, not in front, \".\""
            )
        }
        guard bytes.count <= Self.maximumLength else {
            throw NexcageError(
                .invalid, "invalid container id \(quoted(text)): longer than \(Self.maximumLength) bytes")
        }
        description = text
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension ContainerID {
    /// A new name, 12 hex digits.
    public static func random() throws(NexcageError) -> ContainerID {
        var generator = SystemRandomNumberGenerator()
        let digits = String(generator.next() >> 16, radix: 16)
        return try ContainerID(String(repeating: "0", count: 12 - digits.count) + digits)
    }
}
