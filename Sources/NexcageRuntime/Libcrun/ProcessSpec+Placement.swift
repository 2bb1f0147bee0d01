internal import NexcageSystem
internal import OCISpec

/// The members of a process that nexcage itself carries out where libcrun does not (config.md, "Linux Process").
extension ProcessSpec {
    /// Gives a process its scheduler and I/O priority; nil is the caller, whose children inherit both.
    func place(_ pid: Int32?, doing members: [SpecMember]) throws(NexcageError) {
        if members.contains(.scheduler), let scheduler {
            do throws(NexcageError) {
                try scheduler.policyForKernel().apply(to: pid)
            } catch {
                throw error.wrapped("process.scheduler")
            }
        }
        if members.contains(.ioPriority), let ioPriority {
            do throws(NexcageError) {
                try ProcessPlacement.setIOPriority(
                    class: try ioPriority.classForKernel(), priority: ioPriority.priority, of: pid)
            } catch {
                throw error.wrapped("process.ioPriority")
            }
        }
    }

    /// Gives the caller the CPUs for a process that it is about to add to a container.
    ///
    /// The kernel keeps a wish that was made before the cgroup is entered and holds it against the cgroup's own CPUs, so
    /// that the last of both wishes is the one to make.
    func placeOnCPUs() throws(NexcageError) {
        guard let list = execCPUAffinity?.final ?? execCPUAffinity?.initial, !list.isEmpty else { return }
        do throws(NexcageError) {
            try ProcessPlacement.setAffinity(try NumberSet(parsing: list), of: nil)
        } catch {
            throw error.wrapped("process.execCPUAffinity")
        }
    }
}

extension SchedulerSpec {
    /// The kernel's numbers (linux/sched.h).
    func policyForKernel() throws(NexcageError) -> SchedulingPolicy {
        var result = SchedulingPolicy(policy: try Self.number(of: policy))
        for flag in flags { result.flags |= try Self.bit(of: flag) }
        result.nice = nice ?? 0
        result.priority = UInt32(bitPattern: priority ?? 0)
        result.runtime = runtime ?? 0
        result.deadline = deadline ?? 0
        result.period = period ?? 0
        return result
    }

    private static func number(of policy: String) throws(NexcageError) -> UInt32 {
        switch policy {
        case "SCHED_OTHER": return 0
        case "SCHED_FIFO": return 1
        case "SCHED_RR": return 2
        case "SCHED_BATCH": return 3
        case "SCHED_ISO": return 4
        case "SCHED_IDLE": return 5
        case "SCHED_DEADLINE": return 6
        default: throw NexcageError(.invalid, "unknown policy \(quoted(policy))")
        }
    }

    private static func bit(of flag: String) throws(NexcageError) -> UInt64 {
        switch flag {
        case "SCHED_FLAG_RESET_ON_FORK": return 0x01
        case "SCHED_FLAG_RECLAIM": return 0x02
        case "SCHED_FLAG_DL_OVERRUN": return 0x04
        case "SCHED_FLAG_KEEP_POLICY": return 0x08
        case "SCHED_FLAG_KEEP_PARAMS": return 0x10
        case "SCHED_FLAG_UTIL_CLAMP_MIN": return 0x20
        case "SCHED_FLAG_UTIL_CLAMP_MAX": return 0x40
        default: throw NexcageError(.invalid, "unknown flag \(quoted(flag))")
        }
    }
}

extension IOPrioritySpec {
    /// The kernel's number (linux/ioprio.h).
    fileprivate func classForKernel() throws(NexcageError) -> Int32 {
        switch ioClass {
        case "IOPRIO_CLASS_RT": return 1
        case "IOPRIO_CLASS_BE": return 2
        case "IOPRIO_CLASS_IDLE": return 3
        default: throw NexcageError(.invalid, "unknown class \(quoted(ioClass))")
        }
    }
}
