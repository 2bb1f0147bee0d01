/// A value that can be read from JSON.
public protocol JSONDecodable {
    /// Reads the value at the reader's place and leaves the reader behind it.
    init(json reader: inout JSONReader) throws(JSONError)
}

extension JSONDecodable {
    /// Reads a whole document.
    ///
    /// - Throws: an error with line, column and key path, also when something follows the document.
    public static func decode(_ bytes: [UInt8]) throws(JSONError) -> Self {
        try JSONReader.decode(bytes) { (reader) throws(JSONError) in try Self(json: &reader) }
    }

    /// Reads a whole document from borrowed bytes, with the same errors.
    public static func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Self {
        try JSONReader.decode(bytes) { (reader) throws(JSONError) in try Self(json: &reader) }
    }
}

extension JSONDecodable where Self: FixedWidthInteger {
    /// Reads an integer; one out of range is an error.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.integer()
    }
}

extension Int: JSONDecodable {}
extension Int32: JSONDecodable {}
extension Int64: JSONDecodable {}
extension UInt: JSONDecodable {}
extension UInt16: JSONDecodable {}
extension UInt32: JSONDecodable {}
extension UInt64: JSONDecodable {}

extension Bool: JSONDecodable {
    /// Reads true or false.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.bool()
    }
}

extension Double: JSONDecodable {
    /// Reads a number.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.double()
    }
}

extension String: JSONDecodable {
    /// Reads a string.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.string()
    }
}

extension Array: JSONDecodable where Element: JSONDecodable {
    /// Reads an array, every element of which must be of the same type.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = []
        try reader.beginArray()
        while try reader.nextElement() { append(try Element(json: &reader)) }
    }
}

extension Dictionary: JSONDecodable where Key == String, Value: JSONDecodable {
    /// Reads an object as a map; of two members with one name the last wins, and null means absent.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self = [:]
        try reader.beginObject()
        while let key = try reader.nextKey() { self[key.name] = try Value(json: &reader) }
    }
}
