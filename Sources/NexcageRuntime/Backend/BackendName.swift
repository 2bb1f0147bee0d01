public import NexcageSystem

/// The word by which `--runtime`, a routing rule and a record name a backend: `crun`, `runc`, or one of the configuration.
public struct BackendName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The word.
    public let description: String

    /// libcrun in this process, or the crun program.
    public static let crun = BackendName(trusted: "crun")
    /// The runc program.
    public static let runc = BackendName(trusted: "runc")

    private init(trusted text: String) {
        description = text
    }

    /// Checks a name that came from outside: lower-case letters, digits, `-` and `_`.
    public init(_ text: String) throws(NexcageError) {
        let fits = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard !text.isEmpty, text.utf8.count <= 64, fits else {
            throw NexcageError(.invalid, "invalid runtime name \(quoted(text))")
        }
        description = text
    }

    /// By their letters.
    public static func < (left: BackendName, right: BackendName) -> Bool {
        left.description < right.description
    }
}
