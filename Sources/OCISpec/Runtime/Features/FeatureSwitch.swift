/// Whether one thing is compiled in, whatever the host has.
public struct FeatureSwitch: Equatable, Sendable {
    /// Whether it is compiled in.
    public var enabled: Bool?

    /// Unknown.
    public init(enabled: Bool? = nil) {
        self.enabled = enabled
    }
}

extension FeatureSwitch: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "enabled": enabled = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("enabled", enabled)
        writer.endObject()
    }
}
