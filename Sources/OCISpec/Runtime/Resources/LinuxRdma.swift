/// Limit of RDMA objects on one device.
public struct LinuxRdma: Equatable, Sendable {
    /// Open handles.
    public var hcaHandles: UInt32?
    /// Objects.
    public var hcaObjects: UInt32?

    /// No limits.
    public init() {}
}

extension LinuxRdma: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "hcaHandles": hcaHandles = try reader.value()
            case "hcaObjects": hcaObjects = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("hcaHandles", hcaHandles)
        writer.member("hcaObjects", hcaObjects)
        writer.endObject()
    }
}
