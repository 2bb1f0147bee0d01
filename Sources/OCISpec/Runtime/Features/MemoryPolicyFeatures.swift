/// NUMA memory policy support.
public struct MemoryPolicyFeatures: Equatable, Sendable {
    /// Modes that are understood.
    public var modes: [String]?
    /// Flags that are understood.
    public var flags: [String]?

    /// Unknown.
    public init() {}
}

extension MemoryPolicyFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "modes": modes = try reader.value()
            case "flags": flags = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("modes", modes)
        writer.member("flags", flags)
        writer.endObject()
    }
}
