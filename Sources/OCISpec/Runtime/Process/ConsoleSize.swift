/// Size of a terminal in character cells.
public struct ConsoleSize: Equatable, Sendable {
    /// Rows.
    public var height: UInt32
    /// Columns.
    public var width: UInt32

    /// Takes the members; those that may be absent may be left out.
    public init(height: UInt32, width: UInt32) {
        self.height = height
        self.width = width
    }
}

extension ConsoleSize: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var height: UInt32?
        var width: UInt32?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "height": height = try reader.value()
            case "width": width = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            height: try reader.required(height, "height", at: start),
            width: try reader.required(width, "width", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("height", height)
        writer.member("width", width)
        writer.endObject()
    }
}
