/// Limits of a cgroup (config-linux.md, "Control groups"); also the document of `update -r`.
public struct LinuxResources: Equatable, Sendable {
    /// Rules for devices, of which the last match decides.
    public var devices: [LinuxDeviceRule] = []
    /// Memory.
    public var memory: LinuxMemory?
    /// CPU time and placement.
    public var cpu: LinuxCPU?
    /// Number of tasks.
    public var pids: LinuxPids?
    /// Disk bandwidth.
    public var blockIO: LinuxBlockIO?
    /// Huge pages, by size.
    public var hugepageLimits: [LinuxHugepageLimit] = []
    /// Network class and priorities.
    public var network: LinuxNetwork?
    /// RDMA objects, by device.
    public var rdma: [String: LinuxRdma] = [:]
    /// Files of cgroup v2 and their contents.
    public var unified: [String: String] = [:]

    /// No limits.
    public init() {}
}

extension LinuxResources: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "devices": devices = try reader.value()
            case "memory": memory = try reader.value()
            case "cpu": cpu = try reader.value()
            case "pids": pids = try reader.value()
            case "blockIO": blockIO = try reader.value()
            case "hugepageLimits": hugepageLimits = try reader.value()
            case "network": network = try reader.value()
            case "rdma": rdma = try reader.value()
            case "unified": unified = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("devices", unlessEmpty: devices)
        writer.member("memory", memory)
        writer.member("cpu", cpu)
        writer.member("pids", pids)
        writer.member("blockIO", blockIO)
        writer.member("hugepageLimits", unlessEmpty: hugepageLimits)
        writer.member("network", network)
        writer.member("rdma", unlessEmpty: rdma)
        writer.member("unified", unlessEmpty: unified)
        writer.endObject()
    }
}
