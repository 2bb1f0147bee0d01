/// Number of tasks.
public struct LinuxPids: Equatable, Sendable {
    /// Number of tasks; zero or less, or absent, means without limit (the specification wants it set).
    public var limit: Int64?

    /// No limit.
    public init(limit: Int64? = nil) {
        self.limit = limit
    }
}

extension LinuxPids: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "limit": limit = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("limit", limit)
        writer.endObject()
    }
}
