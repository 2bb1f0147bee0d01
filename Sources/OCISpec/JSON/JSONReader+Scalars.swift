extension JSONReader {
    /// A number as it was written, split only as far as the integer types need.
    struct RawNumber {
        var range: Range<Int>
        var isNegative: Bool
        /// Nil when the number has a fraction or an exponent, or does not fit 64 bits.
        var magnitude: UInt64?
        var isInteger: Bool
    }

    /// Reads true or false.
    public mutating func bool() throws(JSONError) -> Bool {
        skipWhitespace()
        if match("true") { return true }
        if match("false") { return false }
        throw error("expected a boolean, found \(found)")
    }

    /// Reads null.
    public mutating func null() throws(JSONError) {
        skipWhitespace()
        guard match("null") else { throw error("expected null, found \(found)") }
    }

    /// Reads an integer of the type that the context asks for; one that does not fit is an error, never truncated.
    public mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        skipWhitespace()
        let start = position
        let raw = try scanNumber(expected: "an integer")
        guard raw.isInteger else { throw error("expected an integer, found a fraction or an exponent", at: start) }
        if let magnitude = raw.magnitude {
            if !raw.isNegative, let value = Value(exactly: magnitude) { return value }
            if raw.isNegative, magnitude <= Int64.min.magnitude,
                let value = Value(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
            {
                return value
            }
        }
        throw error("\(text(of: raw)) is out of range \(Value.min)...\(Value.max)", at: start)
    }

    /// Reads a number as a double; one too large for a double is an error.
    public mutating func double() throws(JSONError) -> Double {
        skipWhitespace()
        let start = position
        let raw = try scanNumber(expected: "a number")
        guard let value = Double(String(decoding: bytes[raw.range], as: UTF8.self)), value.isFinite else {
            throw error("\(text(of: raw)) is out of range for a number", at: start)
        }
        return value
    }

    /// Moves past a number, checking the grammar of RFC 8259 section 6.
    mutating func scanNumber(expected: StaticString) throws(JSONError) -> RawNumber {
        let start = position
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard let first = current, isDigit(first) else {
            let found = self.found
            throw error("expected \(expected), found \(isNegative ? "a minus sign without digits" : found)", at: start)
        }
        var magnitude: UInt64? = 0
        while let byte = current, isDigit(byte) {
            magnitude = magnitude.flatMap { Self.appending(digit: byte - UInt8(ascii: "0"), to: $0) }
            position += 1
        }
        if first == UInt8(ascii: "0"), position - start > (isNegative ? 2 : 1) {
            throw error("a number must not begin with a zero", at: start)
        }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try scanDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try scanDigits()
        }
        return RawNumber(
            range: start..<position, isNegative: isNegative, magnitude: isInteger ? magnitude : nil,
            isInteger: isInteger)
    }

    private static func appending(digit: UInt8, to magnitude: UInt64) -> UInt64? {
        let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
        return overflow || carry ? nil : sum
    }

    private mutating func scanDigits() throws(JSONError) {
        guard let byte = current, isDigit(byte) else { throw error("expected a digit, found \(found)") }
        while let byte = current, isDigit(byte) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// The digits for an error; shortened, since they come from outside.
    private func text(of raw: RawNumber) -> String {
        String(decoding: bytes[raw.range].prefix(40), as: UTF8.self) + (raw.range.count > 40 ? "…" : "")
    }

    private mutating func match(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for index in 0..<count where word.utf8Start[index] != bytes[position + index] { return false }
        position += count
        return true
    }
}
