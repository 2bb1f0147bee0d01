/// Scheduling attributes (sched_setattr(2)).
public struct SchedulerSpec: Equatable, Sendable {
    /// Policy, such as `SCHED_FIFO`.
    public var policy: String
    /// Nice value.
    public var nice: Int32?
    /// Static priority.
    public var priority: Int32?
    /// Flags, such as `SCHED_FLAG_RESET_ON_FORK`.
    public var flags: [String]
    /// Budget in each period, in nanoseconds (deadline policy).
    public var runtime: UInt64?
    /// Deadline in each period, in nanoseconds (deadline policy).
    public var deadline: UInt64?
    /// Length of the period in nanoseconds (deadline policy).
    public var period: UInt64?

    /// Takes the members; those that may be absent may be left out.
    public init(
        policy: String, nice: Int32? = nil, priority: Int32? = nil, flags: [String] = [], runtime: UInt64? = nil,
        deadline: UInt64? = nil, period: UInt64? = nil
    ) {
        self.policy = policy
        self.nice = nice
        self.priority = priority
        self.flags = flags
        self.runtime = runtime
        self.deadline = deadline
        self.period = period
    }
}

extension SchedulerSpec: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `policy` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var policy: String?
        var nice: Int32?
        var priority: Int32?
        var flags: [String] = []
        var runtime: UInt64?
        var deadline: UInt64?
        var period: UInt64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "policy": policy = try reader.value()
            case "nice": nice = try reader.value()
            case "priority": priority = try reader.value()
            case "flags": flags = try reader.value()
            case "runtime": runtime = try reader.value()
            case "deadline": deadline = try reader.value()
            case "period": period = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            policy: try reader.required(policy, "policy", at: start),
            nice: nice,
            priority: priority,
            flags: flags,
            runtime: runtime,
            deadline: deadline,
            period: period)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("policy", policy)
        writer.member("nice", nice)
        writer.member("priority", priority)
        writer.member("flags", unlessEmpty: flags)
        writer.member("runtime", runtime)
        writer.member("deadline", deadline)
        writer.member("period", period)
        writer.endObject()
    }
}
