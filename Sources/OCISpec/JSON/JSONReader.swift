/// A pull parser over borrowed bytes: the caller asks for the value it expects and gets it or an error with its place.
///
/// There is no tree and no dictionary of members: a decoder walks the document once.
///
///     try reader.beginObject()
///     while let key = try reader.nextKey() {
///         switch key {
///         case "path": path = try reader.value()
///         default: try reader.skip()
///         }
///     }
///
/// Hostile input is an error, never a crash: nesting ends at ``maximumDepth``, a number that does not fit the type asked
/// for is refused, and nothing may follow the document. Invalid UTF-8 and lone surrogates become U+FFFD. Of two members
/// with one name the decoder sees both, in order, so that the last wins.
public struct JSONReader: ~Copyable {
    /// Objects and arrays may be nested this deep, no deeper.
    public static let maximumDepth = 128

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// The open containers, outermost first; they bound the depth and name the place of an error.
    var frames: [Frame] = []

    struct Frame {
        var isArray: Bool
        var isFirst = true
        /// Index of the current element of an array.
        var index = -1
        /// Where the name of the current member lies in the document, without its quotes.
        var keyRange = 0..<0
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        frames.reserveCapacity(16)
    }

    /// Reads one whole document with `body`.
    ///
    /// - Throws: what `body` throws, or an error when something other than white space follows the document.
    public static func decode<Value>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Value {
        var reader = JSONReader(bytes)
        let value = try body(&reader)
        reader.skipWhitespace()
        guard reader.position == bytes.count else {
            throw reader.error("expected the end of the document, found \(reader.found)")
        }
        return value
    }

    /// Reads one whole document with `body`, as for borrowed bytes.
    public static func decode<Value>(
        _ bytes: [UInt8], _ body: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Value {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try decode(buffer, body) }
    }

    /// Reads a value of the type that the context asks for.
    public mutating func value<Value: JSONDecodable>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        try Value(json: &self)
    }

    /// The place of the next byte, which after ``nextKey()`` and ``nextElement()`` is the first of the value; remember it
    /// for ``error(_:at:)``.
    public var offset: Int { position }

    /// The byte at the position, nil at the end.
    var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
