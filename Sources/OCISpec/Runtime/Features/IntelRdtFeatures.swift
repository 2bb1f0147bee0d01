/// Intel RDT support.
public struct IntelRdtFeatures: Equatable, Sendable {
    /// Whether it is compiled in.
    public var enabled: Bool?
    /// Whether `schemata` is understood.
    public var schemata: Bool?
    /// Whether `enableMonitoring` is understood.
    public var monitoring: Bool?

    /// Unknown.
    public init() {}
}

extension IntelRdtFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "enabled": enabled = try reader.value()
            case "schemata": schemata = try reader.value()
            case "monitoring": monitoring = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("enabled", enabled)
        writer.member("schemata", schemata)
        writer.member("monitoring", monitoring)
        writer.endObject()
    }
}
