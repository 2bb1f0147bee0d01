internal import NexcageSystem

/// What a file of a control group has to say for a limit to count as set.
struct LimitExpectation {
    /// The value that the file must show.
    enum Value {
        /// A number, which the kernel may have rounded down to a multiple of `unit`.
        case number(Int64, unit: Int64)
        /// One of these numbers: the runtimes differ in how they convert the value.
        case anyOf([Int64])
        /// No limit: `max`, -1, or what v1 shows for the largest number of pages.
        case unlimited
        /// CPUs or memory nodes.
        case list(String)
        /// These words; with several lines, one of them.
        case text(String)
    }

    /// The member of `linux.resources`.
    let member: String
    /// The controller of the file.
    let controller: StaticString
    /// The files that may hold it; the first that exists counts.
    let files: [String]
    /// What has to be there.
    let value: Value

    /// Whether the file's content is what was asked for.
    func isMet(by text: String) -> Bool {
        switch value {
        case .number(let wanted, let unit):
            return Int64(text).map { $0 == wanted || $0 == wanted / unit * unit } ?? false
        case .anyOf(let numbers):
            // blkio.bfq.weight and io.weight put a word before the number.
            let last = text.split(whereSeparator: \.isWhitespace).last
            return last.flatMap { Int64($0) }.map { numbers.contains($0) } ?? false
        case .unlimited:
            return text == "max" || text == "-1" || Int64(text).map { $0 >= Int64.max - 0xFFFFF } ?? false
        case .list(let wanted):
            guard let wanted = try? NumberSet(parsing: wanted), let found = try? NumberSet(parsing: text) else {
                return wanted == text
            }
            return wanted == found
        case .text(let wanted):
            return text == wanted || text.split(separator: "\n").contains { $0 == wanted }
        }
    }

    /// The value for a message.
    var wanted: String {
        switch value {
        case .number(let number, _): "\(number)"
        case .anyOf(let numbers): numbers.first.map { "\($0)" } ?? ""
        case .unlimited: "no limit"
        case .list(let text), .text(let text): text
        }
    }

    /// A number of bytes or the like, negative for none.
    static func limit(_ number: Int64, unit: Int64 = 4096) -> Value {
        number < 0 ? .unlimited : .number(number, unit: unit)
    }
}
