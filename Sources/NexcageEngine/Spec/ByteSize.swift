public import NexcageSystem

/// A number of bytes as users type it: `1048576`, `512m`, `1.5g`.
public struct ByteSize: Sendable, Hashable {
    /// The bytes.
    public let bytes: Int64

    /// A size that is known in bytes.
    public init(bytes: Int64) {
        self.bytes = bytes
    }

    /// Parses a decimal number and an optional unit: `b`, `k`, `m`, `g` or `t` in either case, each 1024 times the one
    /// before, with `b`, `ib` or nothing behind it. Fractions of a byte are cut off.
    ///
    /// - Throws: `usage` for anything else, for a negative number and for one beyond 63 bits.
    public init(parsing text: String) throws(NexcageError) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let shift = Self.shift(ofUnit: text[digits.endIndex...].lowercased()),
            let number = Double(digits), digits.first != ".", digits.last != "."
        else {
            throw NexcageError(.usage, "size \(quoted(text)): expected a number with a unit, such as 512m or 1.5g")
        }
        // Whole numbers stay exact; a Double has 53 bits only.
        if let whole = Int64(digits) {
            let (product, overflow) = whole.multipliedReportingOverflow(by: 1 << shift)
            guard !overflow else { throw NexcageError(.usage, "size \(quoted(text)): too large") }
            bytes = product
        } else {
            guard let product = Int64(exactly: (number * Double(Int64(1) << shift)).rounded(.towardZero)) else {
                throw NexcageError(.usage, "size \(quoted(text)): too large")
            }
            bytes = product
        }
    }

    private static func shift(ofUnit unit: String) -> Int64? {
        switch unit {
        case "", "b": 0
        case "k", "kb", "kib": 10
        case "m", "mb", "mib": 20
        case "g", "gb", "gib": 30
        case "t", "tb", "tib": 40
        default: nil
        }
    }
}
