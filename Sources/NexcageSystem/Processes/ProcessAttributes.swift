internal import CNexcageSystem
internal import Glibc

/// Attributes that can be given to a process from outside, and that stay over execve(2).
public enum ProcessAttributes {
    /// Scheduling policies of sched(7) by the names of runtime-spec.
    public static let policies = [
        "SCHED_OTHER", "SCHED_FIFO", "SCHED_RR", "SCHED_BATCH", "SCHED_ISO", "SCHED_IDLE", "SCHED_DEADLINE",
    ]

    /// Flags of sched_setattr(2) by the names of runtime-spec; the first is the bit 1.
    public static let schedulerFlags = [
        "SCHED_FLAG_RESET_ON_FORK", "SCHED_FLAG_RECLAIM", "SCHED_FLAG_DL_OVERRUN", "SCHED_FLAG_KEEP_POLICY",
        "SCHED_FLAG_KEEP_PARAMS", "SCHED_FLAG_UTIL_CLAMP_MIN", "SCHED_FLAG_UTIL_CLAMP_MAX",
    ]

    /// I/O scheduling classes by the names of runtime-spec; the first is the number 1 of ioprio_set(2).
    public static let ioClasses = ["IOPRIO_CLASS_RT", "IOPRIO_CLASS_BE", "IOPRIO_CLASS_IDLE"]

    /// What sched_setattr(2) is given; times are in nanoseconds.
    public struct Scheduling: Sendable {
        /// A name of ``policies``.
        public var policy: String
        /// Names of ``schedulerFlags``.
        public var flags: [String] = []
        /// -20 to 19.
        public var nice: Int32 = 0
        /// Static priority of the real-time policies.
        public var priority: Int32 = 0
        /// Budget, deadline and period of SCHED_DEADLINE.
        public var runtime: UInt64 = 0, deadline: UInt64 = 0, period: UInt64 = 0

        /// A policy without parameters.
        public init(policy: String) {
            self.policy = policy
        }
    }

    /// sched_setattr(2).
    ///
    /// - Parameter pid: 0 is this process.
    /// - Throws: `invalid` for a name that sched(7) does not have.
    public static func setScheduling(_ scheduling: Scheduling, of pid: Int32) throws(NexcageError) {
        guard let policy = policies.firstIndex(of: scheduling.policy) else {
            throw NexcageError(.invalid, "unknown scheduling policy \(quoted(scheduling.policy))")
        }
        var attributes = nxc_scheduler()
        attributes.policy = UInt32(policy)
        for flag in scheduling.flags {
            guard let bit = schedulerFlags.firstIndex(of: flag) else {
                throw NexcageError(.invalid, "unknown scheduling flag \(quoted(flag))")
            }
            attributes.flags |= 1 << UInt64(bit)
        }
        attributes.nice = scheduling.nice
        attributes.priority = UInt32(bitPattern: scheduling.priority)
        attributes.runtime = scheduling.runtime
        attributes.deadline = scheduling.deadline
        attributes.period = scheduling.period
        guard nxc_set_scheduler(pid, &attributes) == 0 else {
            throw .system("set the scheduling policy", scheduling.policy, .current)
        }
    }

    /// ioprio_set(2).
    ///
    /// - Parameters:
    ///   - ioClass: a name of ``ioClasses``.
    ///   - pid: 0 is this process.
    public static func setIOPriority(class ioClass: String, _ priority: Int32, of pid: Int32) throws(NexcageError) {
        guard let number = ioClasses.firstIndex(of: ioClass) else {
            throw NexcageError(.invalid, "unknown I/O priority class \(quoted(ioClass))")
        }
        guard nxc_set_io_priority(pid, Int32(number) + 1, priority) == 0 else {
            throw .system("set the I/O priority", ioClass, .current)
        }
    }
}
