import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let posix = "config.md#posix-process"
    private static let linuxProcess = "config.md#linux-process"

    /// A limit of both kinds, read back from `/proc/PID/limits`.
    private static func limit(_ type: String, _ title: String, _ soft: UInt64, _ hard: UInt64) -> ConformanceCase {
        ConformanceCase("rlimit-\(type)", posix, "RLIMIT_\(type) is set to the soft and hard limit given") { bench in
            bench.process.rlimits = [ResourceLimit(type: "RLIMIT_\(type)", hard: hard, soft: soft)]
            let line = try bench.run("grep '^\(title) ' /proc/self/limits").output
            try expectEqual(
                line.dropFirst(title.count).split(separator: " ").prefix(2).map(String.init), ["\(soft)", "\(hard)"],
                "the limits")
        }
    }

    static let limitCases: [ConformanceCase] = [
        limit("NOFILE", "Max open files", 512, 1024), limit("CORE", "Max core file size", 0, 4096),
        limit("CPU", "Max cpu time", 100, 200), limit("NPROC", "Max processes", 2000, 3000),
        limit("FSIZE", "Max file size", 1_048_576, 2_097_152), limit("STACK", "Max stack size", 4_194_304, 8_388_608),
        limit("MEMLOCK", "Max locked memory", 16384, 32768), limit("AS", "Max address space", 1 << 30, 2 << 30),
        limit("SIGPENDING", "Max pending signals", 100, 200), limit("MSGQUEUE", "Max msgqueue size", 1000, 2000),
        ConformanceCase("rlimit-raise", posix, "a hard limit can be raised", needs: [.resourceCapability]) { bench in
            bench.process.rlimits = [ResourceLimit(type: "RLIMIT_NOFILE", hard: 1_000_001, soft: 1_000_001)]
            try expectEqual(bench.run("ulimit -n").output, "1000001", "the limit")
        },
        ConformanceCase("rlimit-unknown", posix, "a limit that does not exist is an error") { bench in
            bench.process.rlimits = [ResourceLimit(type: "RLIMIT_NOSUCH", hard: 1, soft: 1)]
            try bench.mustRefuse("an unknown limit")
        },
        ConformanceCase("rlimit-twice", posix, "a limit that is given twice is an error") { bench in
            let limit = ResourceLimit(type: "RLIMIT_NOFILE", hard: 1024, soft: 1024)
            bench.process.rlimits = [limit, limit]
            try bench.mustRefuse("a limit given twice")
        },
        ConformanceCase("oom-score", linuxProcess, "oomScoreAdj is set") { bench in
            bench.process.oomScoreAdj = 321
            try expectEqual(bench.run("cat /proc/self/oom_score_adj").output, "321", "the value")
        },
        ConformanceCase("oom-score-unset", linuxProcess, "without oomScoreAdj the value stays the runtime's") { bench in
            bench.wrapper = ["/bin/sh", "-c", "echo 123 > /proc/self/oom_score_adj; exec \"$0\" \"$@\""]
            try expectEqual(bench.run("cat /proc/self/oom_score_adj").output, "123", "the value")
        },
        ConformanceCase(
            "oom-score-negative", linuxProcess, "a negative oomScoreAdj is set", needs: [.resourceCapability]
        ) { bench in
            bench.process.oomScoreAdj = -321
            try expectEqual(bench.run("cat /proc/self/oom_score_adj").output, "-321", "the value")
        },
        ConformanceCase("no-new-privileges", linuxProcess, "noNewPrivileges is set when asked for") { bench in
            bench.process.noNewPrivileges = true
            try expectEqual(bench.run("cat /proc/self/status").output.field("NoNewPrivs"), "1", "NoNewPrivs")
        },
        ConformanceCase("new-privileges", linuxProcess, "noNewPrivileges is not set unless asked for") { bench in
            bench.process.noNewPrivileges = false
            try expectEqual(bench.run("cat /proc/self/status").output.field("NoNewPrivs"), "0", "NoNewPrivs")
        },
        ConformanceCase(
            "apparmor-absent", linuxProcess, "an AppArmor profile on a kernel without AppArmor is an error",
            needs: [.absence("/sys/module/apparmor")]
        ) { bench in
            bench.process.apparmorProfile = "no-such-profile"
            try bench.mustRefuse("an AppArmor profile")
        },
        ConformanceCase(
            "selinux-absent", linuxProcess, "an SELinux label on a kernel without SELinux is an error",
            needs: [.absence("/sys/fs/selinux")]
        ) { bench in
            bench.process.selinuxLabel = "system_u:system_r:container_t:s0"
            try bench.mustRefuse("an SELinux label")
        },
    ]

    /// One set of capabilities, read back as the kernel's mask of CAP_KILL (5) and CAP_CHOWN (0).
    private static func capabilitySet(
        _ name: String, _ field: String, _ set: any WritableKeyPath<CapabilitySets, [String]> & Sendable
    ) -> ConformanceCase {
        ConformanceCase(
            "capabilities-\(name)", linuxProcess, "the \(name) capabilities are those of the list"
        ) { bench in
            var sets = CapabilitySets()
            let all = ["CAP_CHOWN", "CAP_KILL", "CAP_SETUID"]
            sets.bounding = all
            sets.permitted = all
            sets.effective = all
            let some = ["CAP_CHOWN", "CAP_KILL"]
            if name == "ambient" || name == "effective" {
                // execve(2) gives root all that is permitted, so a user with ambient capabilities is asked.
                sets.inheritable = some
                sets.ambient = some
                bench.process.user.uid = 1000
            }
            // No set may have more than the one that it is part of.
            if name == "bounding" || name == "permitted" {
                sets.permitted = some
                sets.effective = some
            }
            sets[keyPath: set] = some
            bench.process.capabilities = sets
            let status = try bench.run("cat /proc/self/status").output
            try expectEqual(status.field(field), "0000000000000021", field)
        }
    }

    static let capabilityCases: [ConformanceCase] = [
        capabilitySet("bounding", "CapBnd", \.bounding), capabilitySet("inheritable", "CapInh", \.inheritable),
        capabilitySet("ambient", "CapAmb", \.ambient), capabilitySet("effective", "CapEff", \.effective),
        capabilitySet("permitted", "CapPrm", \.permitted),
        ConformanceCase("capabilities-none", linuxProcess, "empty lists leave no capability") { bench in
            bench.set("process", "capabilities", to: [:])
            let status = try bench.run("cat /proc/self/status").output
            for field in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
                try expectEqual(status.field(field), "0000000000000000", field)
            }
        },
        ConformanceCase(
            "capabilities-unknown", linuxProcess, "a capability that does not exist: refused, or a warning (1.1)"
        ) { bench in
            bench.grant("CAP_NO_SUCH_THING")
            let created = try bench.tryCreate()
            guard created.exitCode == 0 else { return }
            try bench.start()
            try expect(!created.error.isEmpty, "there is neither an error nor a warning")
        },
        ConformanceCase("capabilities-enforced", linuxProcess, "an operation without its capability fails") { bench in
            try expectEqual(bench.run("chown 1000 /tmp 2>/dev/null || echo refused").output, "refused", "the output")
        },
        ConformanceCase("capabilities-user", linuxProcess, "a user without ambient capabilities has none") { bench in
            bench.process.capabilities?.ambient = []
            bench.process.user.uid = 1000
            try expectEqual(
                bench.run("cat /proc/self/status").output.field("CapEff"), "0000000000000000", "CapEff")
        },
    ]
}
