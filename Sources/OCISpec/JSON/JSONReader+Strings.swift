extension JSONReader {
    /// Reads a string; invalid UTF-8 and lone surrogates in it become U+FFFD.
    public mutating func string() throws(JSONError) -> String {
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw error("expected a string, found \(found)") }
        let raw = try scanString()
        return raw.hasEscapes
            ? try unescape(raw.range) : String(decoding: UnsafeBufferPointer(rebasing: bytes[raw.range]), as: UTF8.self)
    }

    /// Reads a string that must be one of the raw values of an enumeration.
    ///
    /// - Parameter what: what the string names, for the error: `unknown namespace type "foo"`.
    public mutating func word<Word: RawRepresentable>(
        _ what: StaticString
    ) throws(JSONError) -> Word where Word.RawValue == String {
        skipWhitespace()
        let start = position
        let name = try string()
        guard let word = Word(rawValue: name) else { throw error("unknown \(what) \(name.quoted)", at: start) }
        return word
    }

    /// Moves past a string whose opening quote is at the position.
    ///
    /// - Returns: what lies between the quotes, and whether it still has escapes.
    mutating func scanString() throws(JSONError) -> (range: Range<Int>, hasEscapes: Bool) {
        let opening = position
        position += 1
        var hasEscapes = false
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return (opening + 1..<position - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                position += 2
            case 0..<0x20:
                throw error("control character 0x\(String(byte, radix: 16)) in a string; write it as an escape")
            default:
                position += 1
            }
        }
        throw error("the string is not terminated", at: opening)
    }

    /// The string that the escapes in `range` stand for.
    func unescape(_ range: Range<Int>) throws(JSONError) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            // The scan that found the closing quote has stepped over pairs, so a byte follows every backslash.
            let escape = bytes[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"): result.append(contentsOf: try scalar(&index, in: range).utf8)
            default: throw error("unknown escape in a string", at: index - 2)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The scalar of a `\u` escape whose digits begin at `index`, joined with the second half of a surrogate pair.
    private func scalar(_ index: inout Int, in range: Range<Int>) throws(JSONError) -> UnicodeScalar {
        let first = try hexDigits(at: index, in: range)
        index += 4
        guard 0xD800..<0xDC00 ~= first, index + 6 <= range.upperBound,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return UnicodeScalar(first) ?? "\u{FFFD}" }
        let second = try hexDigits(at: index + 2, in: range)
        guard 0xDC00..<0xE000 ~= second else { return "\u{FFFD}" }
        index += 6
        return UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private func hexDigits(at index: Int, in range: Range<Int>) throws(JSONError) -> UInt32 {
        guard index + 4 <= range.upperBound else { throw error("truncated \\u escape in a string", at: index) }
        var result: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw error("expected four hexadecimal digits after \\u", at: index)
            }
            result = result << 4 | UInt32(digit)
        }
        return result
    }
}
