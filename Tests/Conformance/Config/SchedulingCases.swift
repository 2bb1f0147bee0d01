import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let linuxProcess = "config.md#linux-process"

    /// Field 41 of `/proc/PID/stat` is the scheduling policy, field 19 the nice value (proc(5)).
    private static func field(_ number: Int, of stat: String) -> String? {
        // The name in brackets may contain blanks.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[end...].split(separator: " ")
        return fields.count > number - 2 ? String(fields[number - 2]) : nil
    }

    private static func policy(_ policy: String, _ number: String, _ spec: SchedulerSpec) -> ConformanceCase {
        ConformanceCase("scheduler-\(policy)", linuxProcess, "the program is scheduled by \(policy)") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.process.scheduler = spec
            let stat = try bench.run("cat /proc/self/stat").output
            try expectEqual(field(41, of: stat), number, "the policy")
            if let nice = spec.nice { try expectEqual(field(19, of: stat), "\(nice)", "the nice value") }
        }
    }

    static let schedulingCases: [ConformanceCase] = [
        policy("SCHED_OTHER", "0", SchedulerSpec(policy: "SCHED_OTHER", nice: 7)),
        policy("SCHED_BATCH", "3", SchedulerSpec(policy: "SCHED_BATCH", nice: 5)),
        policy("SCHED_IDLE", "5", SchedulerSpec(policy: "SCHED_IDLE")),
        ConformanceCase("scheduler-unknown", linuxProcess, "an unknown scheduling policy is an error") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.process.scheduler = SchedulerSpec(policy: "SCHED_NOSUCH")
            try bench.mustRefuse("an unknown policy")
        },
        ConformanceCase(
            "io-priority", linuxProcess, "ioPriority sets class and priority", needs: [.path("/bin/busybox")]
        ) { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.process.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_BE", priority: 6)
            let text = try bench.run("/bin/busybox ionice -p $$").output
            try expect(text.contains("best-effort") && text.contains("6"), "the priority is \(text)")
        },
        ConformanceCase("io-priority-idle", linuxProcess, "ioPriority sets the idle class") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.process.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_IDLE", priority: 0)
            let text = try bench.run("/bin/busybox ionice -p $$").output
            try expect(text.contains("idle"), "the priority is \(text)")
        },
        ConformanceCase("io-priority-unknown", linuxProcess, "an unknown class of ioPriority is an error") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.process.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_NOSUCH", priority: 1)
            try bench.mustRefuse("an unknown class")
        },
        ConformanceCase(
            "exec-affinity", linuxProcess, "execCPUAffinity does not bind the container's own process",
            needs: [.secondProcessor]
        ) { bench in
            bench.spec.ociVersion = "1.2.1"
            var affinity = ExecCPUAffinity()
            affinity.initial = "0"
            affinity.final = "0"
            bench.process.execCPUAffinity = affinity
            try bench.launchOrBeRefused()
            let own = procText("/proc/self/status")?.field("Cpus_allowed_list")
            try expectEqual(bench.proc("status").field("Cpus_allowed_list"), own, "the processors")
        },
        ConformanceCase(
            "exec-affinity-exec", linuxProcess, "execCPUAffinity binds a program that is added, or is refused",
            needs: [.secondProcessor]
        ) { bench in
            bench.spec.ociVersion = "1.2.1"
            var affinity = ExecCPUAffinity()
            affinity.initial = "0"
            affinity.final = "1"
            bench.process.execCPUAffinity = affinity
            try bench.launchOrBeRefused()
            let result = try bench.call(["exec", bench.id, "/bin/cat", "/proc/self/status"])
            guard result.exitCode == 0 else { throw Failure.refused(result.summary) }
            try expectEqual(result.output.field("Cpus_allowed_list"), "1", "the processors")
        },
        ConformanceCase(
            "exec-affinity-invalid", linuxProcess, "an execCPUAffinity that is no list is refused"
        ) { bench in
            bench.spec.ociVersion = "1.2.1"
            bench.set("process", "execCPUAffinity", to: ["initial": "a-b"])
            guard try bench.tryCreate().exitCode == 0, try bench.call(["start", bench.id]).exitCode == 0 else { return }
            let result = try bench.call(["exec", bench.id, "/bin/true"])
            try expect(result.exitCode != 0, "neither create nor exec reports an error")
        },
    ]
}
