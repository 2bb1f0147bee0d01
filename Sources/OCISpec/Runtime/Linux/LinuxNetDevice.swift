/// A host network interface to move into the container.
public struct LinuxNetDevice: Equatable, Sendable {
    /// Name inside the container; absent, the name on the host.
    public var name: String?

    /// Keeps the name that the interface has on the host.
    public init(name: String? = nil) {
        self.name = name
    }
}

extension LinuxNetDevice: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "name": name = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", name)
        writer.endObject()
    }
}
