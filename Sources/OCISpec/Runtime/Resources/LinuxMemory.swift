/// Memory limits in bytes; -1 means without limit.
public struct LinuxMemory: Equatable, Sendable {
    /// Memory.
    public var limit: Int64?
    /// Soft limit of memory.
    public var reservation: Int64?
    /// Memory and swap together.
    public var swap: Int64?
    /// Kernel memory; deprecated.
    public var kernel: Int64?
    /// Kernel memory for TCP buffers; cgroup v1.
    public var kernelTCP: Int64?
    /// Tendency to swap, 0 to 100; cgroup v1.
    public var swappiness: UInt64?
    /// Whether processes wait instead of being killed; cgroup v1.
    public var disableOOMKiller: Bool?
    /// Whether children count; cgroup v1.
    public var useHierarchy: Bool?
    /// Whether to refuse a limit below the current use.
    public var checkBeforeUpdate: Bool?

    /// No limits.
    public init() {}
}

extension LinuxMemory: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "limit": limit = try reader.value()
            case "reservation": reservation = try reader.value()
            case "swap": swap = try reader.value()
            case "kernel": kernel = try reader.value()
            case "kernelTCP": kernelTCP = try reader.value()
            case "swappiness": swappiness = try reader.value()
            case "disableOOMKiller": disableOOMKiller = try reader.value()
            case "useHierarchy": useHierarchy = try reader.value()
            case "checkBeforeUpdate": checkBeforeUpdate = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("limit", limit)
        writer.member("reservation", reservation)
        writer.member("swap", swap)
        writer.member("kernel", kernel)
        writer.member("kernelTCP", kernelTCP)
        writer.member("swappiness", swappiness)
        writer.member("disableOOMKiller", disableOOMKiller)
        writer.member("useHierarchy", useHierarchy)
        writer.member("checkBeforeUpdate", checkBeforeUpdate)
        writer.endObject()
    }
}
