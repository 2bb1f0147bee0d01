/// Control group support that is compiled in, whatever the host has.
public struct CgroupFeatures: Equatable, Sendable {
    /// cgroup v1.
    public var v1: Bool?
    /// cgroup v2.
    public var v2: Bool?
    /// systemd's manager.
    public var systemd: Bool?
    /// systemd's manager of a user.
    public var systemdUser: Bool?
    /// The RDMA controller.
    public var rdma: Bool?

    /// Unknown.
    public init() {}
}

extension CgroupFeatures: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "v1": v1 = try reader.value()
            case "v2": v2 = try reader.value()
            case "systemd": systemd = try reader.value()
            case "systemdUser": systemdUser = try reader.value()
            case "rdma": rdma = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("v1", v1)
        writer.member("v2", v2)
        writer.member("systemd", systemd)
        writer.member("systemdUser", systemdUser)
        writer.member("rdma", rdma)
        writer.endObject()
    }
}
