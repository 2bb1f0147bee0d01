internal import NexcageSystem

/// Go's notation of a time span as a flag takes it: `300ms`, `1.5s`, `2m`, `1h`; a plain number is seconds.
enum DurationArgument {
    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
    ]

    static func parse(_ text: String, flag: StaticString) throws(NexcageError) -> Duration {
        let unit = units.first { text.hasSuffix($0.suffix) }
        let number = unit.map { text.dropLast($0.suffix.count) } ?? text[...]
        guard let value = Double(number), value.isFinite, value >= 0, value <= 1_000_000_000 else {
            throw NexcageError(
                .usage, "invalid value \(quoted(text)) for flag --\(flag): expected a time such as 500ms, 10s or 2m")
        }
        return .milliseconds(Int64(value * (unit?.milliseconds ?? 1000)))
    }
}
