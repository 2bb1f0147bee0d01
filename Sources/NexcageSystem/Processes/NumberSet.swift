/// CPUs or memory nodes, read from the kernel's list format `0-3,7` (cpuset(7), "List format").
public struct NumberSet: Sendable, Equatable {
    /// One bit a number, the lowest first; empty for an empty list.
    public private(set) var words: [UInt64] = []

    /// No machine has more.
    private static let limit = 8192

    /// The empty set.
    public init() {}

    /// Reads a list.
    ///
    /// - Throws: `invalid` for anything but numbers and ascending ranges, joined by commas.
    public init(parsing text: String) throws(NexcageError) {
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = word.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), let first = Int(ends[0]), let last = Int(ends[ends.count - 1]),
                0 <= first, first <= last, last < Self.limit
            else { throw NexcageError(.invalid, "\(quoted(text)) is not a list such as 0-3,7") }
            while words.count <= last / 64 { words.append(0) }
            for number in first...last { words[number / 64] |= 1 << UInt64(number % 64) }
        }
    }
}
