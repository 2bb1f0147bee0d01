/// A range of ids mapped between a user namespace and the host.
public struct IDMapping: Equatable, Sendable {
    /// First id inside.
    public var containerID: UInt32
    /// First id on the host.
    public var hostID: UInt32
    /// Number of ids.
    public var size: UInt32

    /// Takes the members; those that may be absent may be left out.
    public init(containerID: UInt32, hostID: UInt32, size: UInt32) {
        self.containerID = containerID
        self.hostID = hostID
        self.size = size
    }
}

extension IDMapping: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var containerID: UInt32?
        var hostID: UInt32?
        var size: UInt32?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "containerID": containerID = try reader.value()
            case "hostID": hostID = try reader.value()
            case "size": size = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            containerID: try reader.required(containerID, "containerID", at: start),
            hostID: try reader.required(hostID, "hostID", at: start),
            size: try reader.required(size, "size", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("containerID", containerID)
        writer.member("hostID", hostID)
        writer.member("size", size)
        writer.endObject()
    }
}
