/// Network class and priorities; cgroup v1.
public struct LinuxNetwork: Equatable, Sendable {
    /// Class of outgoing packets.
    public var classID: UInt32?
    /// Priorities, by interface.
    public var priorities: [LinuxInterfacePriority] = []

    /// Nothing set.
    public init() {}
}

extension LinuxNetwork: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "classID": classID = try reader.value()
            case "priorities": priorities = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("classID", classID)
        writer.member("priorities", unlessEmpty: priorities)
        writer.endObject()
    }
}
