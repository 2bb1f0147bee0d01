extension JSONReader {
    /// An error at the current place, for a decoder that finds a value of the right type but the wrong content.
    public func error(_ message: String) -> JSONError {
        error(message, at: position)
    }

    /// An error at a place remembered from ``beginObject()`` or ``offset``.
    public func error(_ message: String, at offset: Int) -> JSONError {
        var line = 1
        var column = 1
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(line: line, column: column, keyPath: keyPath, message: message)
    }

    /// The value that a member must have had, or an error that names the missing member.
    ///
    /// - Parameter offset: the start of the object, as ``beginObject()`` returned it.
    public func required<Value>(
        _ value: Value?, _ name: StaticString, at offset: Int
    ) throws(JSONError) -> Value {
        guard let value else { throw error("missing member \"\(name)\"", at: offset) }
        return value
    }

    /// What stands at the position, in words for an error.
    var found: String {
        guard let byte = current else { return "the end of the document" }
        switch byte {
        case UInt8(ascii: "{"): return "an object"
        case UInt8(ascii: "["): return "an array"
        case UInt8(ascii: "\""): return "a string"
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return "a number"
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return "a boolean"
        case UInt8(ascii: "n"): return "null"
        case 0x21...0x7E: return "\"\(Character(UnicodeScalar(byte)))\""
        default: return "byte 0x" + String(byte, radix: 16)
        }
    }

    private var keyPath: String {
        var path = ""
        for frame in frames {
            if frame.isArray {
                if frame.index >= 0 { path += "[\(frame.index)]" }
            } else if !frame.keyRange.isEmpty {
                appendKey(frame.keyRange, to: &path)
            }
        }
        return path
    }

    /// A plain name joins with a dot; any other is shown quoted and shortened, since its bytes come from outside.
    private func appendKey(_ range: Range<Int>, to path: inout String) {
        let key = bytes[range]
        let isPlain = key.allSatisfy { byte in
            switch UnicodeScalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "$": true
            default: false
            }
        }
        if isPlain, key.count <= 64 {
            if !path.isEmpty { path += "." }
            path += String(decoding: key, as: UTF8.self)
        } else {
            path += "[\(String(decoding: key, as: UTF8.self).quoted)]"
        }
    }
}
