public import NexcageSystem

/// A number of CPUs as users type it, such as `0.5` or `2`, to the thousandth.
public struct CPUCount: Sendable, Hashable {
    /// Thousandths of a CPU.
    public let thousandths: Int64

    /// Length of the scheduler's accounting period in microseconds; the kernel's and every engine's default.
    public static let period: UInt64 = 100_000

    /// CPU time in microseconds that may be used in each ``period``, over all CPUs together.
    public var quota: Int64 { thousandths * Int64(Self.period) / 1000 }

    /// Parses a decimal number with up to three digits behind the point.
    ///
    /// - Throws: `usage` for anything else and for less than 0.01, which the kernel would refuse, or more than 8192.
    public init(parsing text: String) throws(NexcageError) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digitsOnly = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let padded = fraction + String(repeating: "0", count: max(0, 3 - fraction.utf8.count))
        guard digitsOnly, fraction.utf8.count <= 3, let whole = Int64(parts[0]), let rest = Int64(padded) else {
            throw NexcageError(.usage, "cpus \(quoted(text)): expected a number such as 0.5 or 2")
        }
        guard whole <= 8192, whole > 0 || rest >= 10 else {
            throw NexcageError(.usage, "cpus \(quoted(text)): expected a number from 0.01 to 8192")
        }
        thousandths = whole * 1000 + rest
    }
}
