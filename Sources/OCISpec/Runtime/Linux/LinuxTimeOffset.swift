/// Offset of one clock in a time namespace.
public struct LinuxTimeOffset: Equatable, Sendable {
    /// Seconds.
    public var secs: Int64?
    /// Nanoseconds on top of the seconds.
    public var nanosecs: UInt32?

    /// No offset.
    public init(secs: Int64? = nil, nanosecs: UInt32? = nil) {
        self.secs = secs
        self.nanosecs = nanosecs
    }
}

extension LinuxTimeOffset: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "secs": secs = try reader.value()
            case "nanosecs": nanosecs = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("secs", secs)
        writer.member("nanosecs", nanosecs)
        writer.endObject()
    }
}
