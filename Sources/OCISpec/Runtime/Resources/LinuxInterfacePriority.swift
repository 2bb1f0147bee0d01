/// Priority of outgoing packets on one interface.
public struct LinuxInterfacePriority: Equatable, Sendable {
    /// Name of the interface.
    public var name: String
    /// Priority.
    public var priority: UInt32

    /// Takes the members; those that may be absent may be left out.
    public init(name: String, priority: UInt32) {
        self.name = name
        self.priority = priority
    }
}

extension LinuxInterfacePriority: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var name: String?
        var priority: UInt32?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "name": name = try reader.value()
            case "priority": priority = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            name: try reader.required(name, "name", at: start),
            priority: try reader.required(priority, "priority", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", name)
        writer.member("priority", priority)
        writer.endObject()
    }
}
