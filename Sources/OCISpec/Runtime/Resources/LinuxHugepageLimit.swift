/// Limit of huge pages of one size.
public struct LinuxHugepageLimit: Equatable, Sendable {
    /// Size, such as `2MB`.
    public var pageSize: String
    /// Limit in bytes.
    public var limit: UInt64

    /// Takes the members; those that may be absent may be left out.
    public init(pageSize: String, limit: UInt64) {
        self.pageSize = pageSize
        self.limit = limit
    }
}

extension LinuxHugepageLimit: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var pageSize: String?
        var limit: UInt64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "pageSize": pageSize = try reader.value()
            case "limit": limit = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            pageSize: try reader.required(pageSize, "pageSize", at: start),
            limit: try reader.required(limit, "limit", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("pageSize", pageSize)
        writer.member("limit", limit)
        writer.endObject()
    }
}
