/// Cache and memory bandwidth of Intel RDT (config-linux.md, "IntelRdt").
public struct LinuxIntelRdt: Equatable, Sendable {
    /// Name of the class of service.
    public var closID: String?
    /// Lines for the `schemata` file, since 1.3.
    public var schemata: [String] = []
    /// Line for the L3 cache.
    public var l3CacheSchema: String?
    /// Line for the memory bandwidth.
    public var memBwSchema: String?
    /// Cache monitoring, until 1.2.
    public var enableCMT = false
    /// Bandwidth monitoring, until 1.2.
    public var enableMBM = false
    /// A monitoring group for the container, since 1.3.
    public var enableMonitoring = false

    /// The runtime's own class of service.
    public init() {}
}

extension LinuxIntelRdt: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "closID": closID = try reader.value()
            case "schemata": schemata = try reader.value()
            case "l3CacheSchema": l3CacheSchema = try reader.value()
            case "memBwSchema": memBwSchema = try reader.value()
            case "enableCMT": enableCMT = try reader.value()
            case "enableMBM": enableMBM = try reader.value()
            case "enableMonitoring": enableMonitoring = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("closID", closID)
        writer.member("schemata", unlessEmpty: schemata)
        writer.member("l3CacheSchema", l3CacheSchema)
        writer.member("memBwSchema", memBwSchema)
        writer.member("enableCMT", ifTrue: enableCMT)
        writer.member("enableMBM", ifTrue: enableMBM)
        writer.member("enableMonitoring", ifTrue: enableMonitoring)
        writer.endObject()
    }
}
