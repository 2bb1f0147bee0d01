/// CPU time and placement.
public struct LinuxCPU: Equatable, Sendable {
    /// Weight against other cgroups, 2 to 262144.
    public var shares: UInt64?
    /// CPU time in each period, in microseconds; -1 means without limit.
    public var quota: Int64?
    /// Unused time that may be saved up, in microseconds.
    public var burst: UInt64?
    /// Length of the period in microseconds.
    public var period: UInt64?
    /// Real-time budget in each period, in microseconds; cgroup v1.
    public var realtimeRuntime: Int64?
    /// Real-time period in microseconds; cgroup v1.
    public var realtimePeriod: UInt64?
    /// CPUs as a list, such as `0-3,7`.
    public var cpus: String?
    /// Memory nodes as a list.
    public var mems: String?
    /// 1 makes the cgroup SCHED_IDLE.
    public var idle: Int64?

    /// No limits.
    public init() {}
}

extension LinuxCPU: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "shares": shares = try reader.value()
            case "quota": quota = try reader.value()
            case "burst": burst = try reader.value()
            case "period": period = try reader.value()
            case "realtimeRuntime": realtimeRuntime = try reader.value()
            case "realtimePeriod": realtimePeriod = try reader.value()
            case "cpus": cpus = try reader.value()
            case "mems": mems = try reader.value()
            case "idle": idle = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("shares", shares)
        writer.member("quota", quota)
        writer.member("burst", burst)
        writer.member("period", period)
        writer.member("realtimeRuntime", realtimeRuntime)
        writer.member("realtimePeriod", realtimePeriod)
        writer.member("cpus", cpus)
        writer.member("mems", mems)
        writer.member("idle", idle)
        writer.endObject()
    }
}
