/// A signal by number, read and shown by name: `TERM`, `SIGTERM`, `sigterm`, `15`, `RTMIN+3`.
public struct Signal: Sendable, Hashable, CustomStringConvertible {
    /// 0 (only looks whether the process is there) to 64.
    public let number: Int32

    /// SIGTERM, the default of `kill` and `stop`.
    public static let terminate = Signal(number: 15)
    /// SIGKILL.
    public static let kill = Signal(number: 9)

    /// signal(7), the numbers of x86 and ARM.
    private static let names: [StaticString] = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]
    private static let aliases: [(name: StaticString, number: Int32)] = [
        ("IOT", 6), ("CLD", 17), ("POLL", 29), ("UNUSED", 31),
    ]
    private static let realTimeMinimum: Int32 = 34
    private static let realTimeMaximum: Int32 = 64

    init(trusted number: Int32) {
        self.number = number
    }

    private init(number: Int32) {
        self.number = number
    }

    /// The signal that a user means.
    ///
    /// - Throws: `invalid` with runc's words `unknown signal "X"`.
    public init(_ text: String) throws(NexcageError) {
        guard let number = Self.number(of: text) else {
            throw NexcageError(.invalid, "unknown signal \(quoted(text))")
        }
        self.number = number
    }

    private static func number(of text: String) -> Int32? {
        if let number = Int32(text) { return (0...realTimeMaximum).contains(number) ? number : nil }
        var name = text.uppercased()
        if name.hasPrefix("SIG") { name.removeFirst(3) }
        if let index = names.firstIndex(where: { $0.description == name }) { return Int32(index) + 1 }
        if let alias = aliases.first(where: { $0.name.description == name }) { return alias.number }
        return realTimeNumber(name)
    }

    private static func realTimeNumber(_ name: String) -> Int32? {
        let base: Int32
        if name.hasPrefix("RTMIN") {
            base = realTimeMinimum
        } else if name.hasPrefix("RTMAX") {
            base = realTimeMaximum
        } else {
            return nil
        }
        let rest = name.dropFirst(5)
        guard !rest.isEmpty else { return base }
        guard rest.first == (base == realTimeMinimum ? "+" : "-"), let offset = Int32(rest) else { return nil }
        let number = base + offset
        return (realTimeMinimum...realTimeMaximum).contains(number) ? number : nil
    }

    /// `SIGTERM`, or the number where there is no name.
    public var description: String {
        let index = Int(number) - 1
        return Self.names.indices.contains(index) ? "SIG\(Self.names[index])" : "signal \(number)"
    }
}
