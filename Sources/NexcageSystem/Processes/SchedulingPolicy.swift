internal import CNexcageSystem

/// How the kernel shares CPU time with a process (sched_setattr(2)); times are in nanoseconds.
public struct SchedulingPolicy: Sendable, Equatable {
    /// The kernel's number of the policy.
    public var policy: UInt32
    /// The kernel's bits.
    public var flags: UInt64 = 0
    /// For the policies that share by weight.
    public var nice: Int32 = 0
    /// For the real-time policies.
    public var priority: UInt32 = 0
    /// For the deadline policy.
    public var runtime: UInt64 = 0
    /// For the deadline policy.
    public var deadline: UInt64 = 0
    /// For the deadline policy.
    public var period: UInt64 = 0

    /// A policy with nothing but its number.
    public init(policy: UInt32) {
        self.policy = policy
    }

    /// Puts a process under the policy; nil is the caller, whose children inherit it.
    public func apply(to pid: Int32?) throws(NexcageError) {
        var attributes = nxc_scheduler()
        attributes.policy = policy
        attributes.flags = flags
        attributes.nice = nice
        attributes.priority = priority
        attributes.runtime = runtime
        attributes.deadline = deadline
        attributes.period = period
        guard nxc_set_scheduler(pid ?? 0, &attributes) == 0 else {
            throw NexcageError.system("set the scheduler", nil, .current)
        }
    }
}

/// Further properties that a process has for the kernel; nil is the caller, whose children inherit them.
public enum ProcessPlacement {
    /// ioprio_set(2): a class (1 real time, 2 best effort, 3 idle) and a priority in it, 0 to 7.
    public static func setIOPriority(class number: Int32, priority: Int32, of pid: Int32?) throws(NexcageError) {
        guard nxc_set_io_priority(pid ?? 0, number << 13 | priority) == 0 else {
            throw NexcageError.system("set the I/O priority", nil, .current)
        }
    }

    /// sched_setaffinity(2).
    public static func setAffinity(_ processors: NumberSet, of pid: Int32?) throws(NexcageError) {
        guard nxc_set_affinity(pid ?? 0, processors.words, Int32(processors.words.count)) == 0 else {
            throw NexcageError.system("set the CPU affinity", nil, .current)
        }
    }

    /// set_mempolicy(2) of the caller: the number of a mode with its flag bits, and the nodes.
    public static func setMemoryPolicy(mode: Int32, nodes: NumberSet) throws(NexcageError) {
        guard nxc_set_memory_policy(mode, nodes.words, Int32(nodes.words.count)) == 0 else {
            throw NexcageError.system("set the memory policy", nil, .current)
        }
    }
}
