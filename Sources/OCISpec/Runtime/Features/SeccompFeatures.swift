/// System call filter support.
public struct SeccompFeatures: Equatable, Sendable {
    /// Whether filters are compiled in.
    public var enabled: Bool?
    /// Actions that are understood.
    public var actions: [String]?
    /// Comparisons that are understood.
    public var operators: [String]?
    /// Architectures that are understood.
    public var archs: [String]?
    /// Flags that are understood.
    public var knownFlags: [String]?
    /// Flags that the kernel and the library accept.
    public var supportedFlags: [String]?

    /// Unknown.
    public init() {}
}

extension SeccompFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "enabled": enabled = try reader.value()
            case "actions": actions = try reader.value()
            case "operators": operators = try reader.value()
            case "archs": archs = try reader.value()
            case "knownFlags": knownFlags = try reader.value()
            case "supportedFlags": supportedFlags = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("enabled", enabled)
        writer.member("actions", actions)
        writer.member("operators", operators)
        writer.member("archs", archs)
        writer.member("knownFlags", knownFlags)
        writer.member("supportedFlags", supportedFlags)
        writer.endObject()
    }
}
