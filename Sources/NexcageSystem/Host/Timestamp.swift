internal import Glibc

/// A moment of the wall clock, shown as RFC 3339 in UTC with nanoseconds.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// 0 to 999 999 999.
    public let nanoseconds: Int32

    /// A moment by its parts.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The present.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    /// Reads what ``description`` writes, and RFC 3339 in UTC with any number of decimals.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        let days = Self.days(year: Int64(year), month: Int64(month), day: Int64(day))
        let seconds = Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
        var fraction: Int32 = 0
        if bytes.count > 20 {
            let digits = bytes[20..<(bytes.count - 1)].prefix(9)
            guard bytes[19] == UInt8(ascii: "."),
                let value = Int32(String(decoding: digits, as: UTF8.self)), value >= 0
            else { return nil }
            fraction = value
            for _ in digits.count..<9 { fraction *= 10 }
        }
        self.init(seconds: days * 86_400 + seconds, nanoseconds: fraction)
    }

    /// `2026-11-21T00:12:00.000000000Z`.
    public var description: String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = seconds - day * 86_400
        let date = Self.date(ofDay: day)
        var text: [UInt8] = []
        text.reserveCapacity(30)
        func append(_ number: Int64, _ width: Int, _ separator: UInt8) {
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
            var rest = number
            for place in 1...width {
                text[text.count - place] += UInt8(rest % 10)
                rest /= 10
            }
            text.append(separator)
        }
        append(date.year, 4, UInt8(ascii: "-"))
        append(date.month, 2, UInt8(ascii: "-"))
        append(date.day, 2, UInt8(ascii: "T"))
        append(second / 3600, 2, UInt8(ascii: ":"))
        append(second / 60 % 60, 2, UInt8(ascii: ":"))
        append(second % 60, 2, UInt8(ascii: "."))
        append(Int64(nanoseconds), 9, UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar.
    ///
    /// Arithmetic of our own, because glibc's functions read /etc/localtime first. Years begin in March here, which puts the
    /// leap day at their end; 400 of them have 146 097 days.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of ``days(year:month:day:)``.
    private static func date(ofDay days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The earlier one is less.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
