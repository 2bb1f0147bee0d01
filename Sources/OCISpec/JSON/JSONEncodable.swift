/// A value that can be written as JSON.
public protocol JSONEncodable {
    /// Appends the value, as one JSON value, to the writer.
    func encode(to writer: inout JSONWriter)
}

extension JSONEncodable {
    /// The value as a document without a newline at its end.
    public func encoded(_ style: JSONStyle = .compact) -> [UInt8] {
        var writer = JSONWriter(style: style)
        encode(to: &writer)
        return writer.bytes
    }
}

extension JSONEncodable where Self: FixedWidthInteger {
    /// Writes the integer in decimal.
    public func encode(to writer: inout JSONWriter) {
        writer.integer(self)
    }
}

extension Int: JSONEncodable {}
extension Int32: JSONEncodable {}
extension Int64: JSONEncodable {}
extension UInt: JSONEncodable {}
extension UInt16: JSONEncodable {}
extension UInt32: JSONEncodable {}
extension UInt64: JSONEncodable {}

extension Bool: JSONEncodable {
    /// Writes true or false.
    public func encode(to writer: inout JSONWriter) {
        writer.bool(self)
    }
}

extension Double: JSONEncodable {
    /// Writes the shortest decimal that reads back as the same number; infinity and NaN become null.
    public func encode(to writer: inout JSONWriter) {
        writer.double(self)
    }
}

extension String: JSONEncodable {
    /// Writes the string in quotes.
    public func encode(to writer: inout JSONWriter) {
        writer.string(self)
    }
}

extension Array: JSONEncodable where Element: JSONEncodable {
    /// Writes the elements in order.
    public func encode(to writer: inout JSONWriter) {
        writer.beginArray()
        for element in self { element.encode(to: &writer) }
        writer.endArray()
    }
}

extension Dictionary: JSONEncodable where Key == String, Value: JSONEncodable {
    /// Writes an object whose members are sorted by name, so that equal maps give equal bytes.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        for (name, value) in sorted(by: { $0.key < $1.key }) {
            writer.key(name)
            value.encode(to: &writer)
        }
        writer.endObject()
    }
}
