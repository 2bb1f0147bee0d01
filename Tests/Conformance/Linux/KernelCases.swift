import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let rdt = "config-linux.md#intelrdt"

    static let intelRdtCases: [ConformanceCase] = [
        ("closID", JSONValue.object([JSONMember("closID", "group")])),
        ("schemata", ["closID": "group", "schemata": ["L3:0=f"]]),
        ("l3CacheSchema", ["l3CacheSchema": "L3:0=f"]),
        ("memBwSchema", ["memBwSchema": "MB:0=50"]),
        ("enableMonitoring", ["enableMonitoring": true]),
        ("enableCMT", ["enableCMT": true]),
    ].map { member, value in
        ConformanceCase(
            "intelRdt-\(member)", rdt, "intelRdt.\(member) without a mounted resctrl is an error",
            needs: [.absence("/sys/fs/resctrl/schemata")]
        ) { bench in
            bench.spec.ociVersion = member.hasPrefix("enable") ? "1.3.0" : "1.0.2"
            bench.set("linux", "intelRdt", to: value)
            try bench.mustRefuseCreate("intelRdt without resctrl")
        }
    }

    private static let sysctl = "config-linux.md#sysctl"

    static let sysctlCases: [ConformanceCase] = [
        ConformanceCase("sysctl-network", sysctl, "a parameter of the network namespace is set") { bench in
            bench.linux.sysctl = ["net.ipv4.ip_forward": "1"]
            try expectEqual(bench.run("cat /proc/sys/net/ipv4/ip_forward").output, "1", "the value")
        },
        ConformanceCase("sysctl-ipc", sysctl, "a parameter of the ipc namespace is set") { bench in
            bench.linux.sysctl = ["kernel.shmmax": "12345678"]
            let before = procText("/proc/sys/kernel/shmmax")
            try expectEqual(bench.run("cat /proc/sys/kernel/shmmax").output, "12345678", "the value")
            try expectEqual(procText("/proc/sys/kernel/shmmax"), before, "the host's value")
        },
        ConformanceCase("sysctl-mqueue", sysctl, "a parameter of message queues is set") { bench in
            bench.linux.sysctl = ["fs.mqueue.msg_max": "17"]
            try expectEqual(bench.run("cat /proc/sys/fs/mqueue/msg_max").output, "17", "the value")
        },
        ConformanceCase("sysctl-host", sysctl, "a parameter that belongs to the host is refused") { bench in
            bench.linux.sysctl = ["vm.swappiness": procText("/proc/sys/vm/swappiness") ?? "60"]
            try bench.mustRefuseCreate("a parameter of the host")
        },
        ConformanceCase(
            "sysctl-without-namespace", sysctl, "one of a namespace that is the runtime's is refused"
        ) { bench in
            bench.shareNamespace(.ipc)
            bench.spec.mounts.removeAll { $0.type == "mqueue" }
            bench.linux.sysctl = ["kernel.shmmax": procText("/proc/sys/kernel/shmmax") ?? ""]
            try bench.mustRefuseCreate("a parameter of the runtime's namespace")
        },
        ConformanceCase("sysctl-unknown", sysctl, "a parameter that does not exist is an error") { bench in
            bench.linux.sysctl = ["net.no_such_thing": "1"]
            try bench.mustRefuseCreate("an unknown parameter")
        },
    ]

    private static let personality = "config-linux.md#personality"

    static let personalityCases: [ConformanceCase] = [
        ConformanceCase(
            "personality-linux32", personality, "with LINUX32 the machine says it is a 32-bit one"
        ) { bench in
            bench.linux.personality = LinuxPersonality(domain: "LINUX32")
            try expect(try bench.run("uname -m").output != "x86_64", "uname says x86_64")
        },
        ConformanceCase("personality-linux", personality, "with LINUX the machine says what it is") { bench in
            bench.linux.personality = LinuxPersonality(domain: "LINUX")
            try expectEqual(bench.run("uname -m").output, machine(), "the machine")
        },
        ConformanceCase("personality-unknown", personality, "an unknown domain is refused") { bench in
            bench.linux.personality = LinuxPersonality(domain: "NOSUCH")
            try bench.mustRefuse("an unknown domain")
        },
    ]

    private static func machine() throws -> String {
        let command = Command(try Command.locate("uname"), ["-m"])
        return String(decoding: try LiveCommandRunner().check(command).output.dropLast(), as: UTF8.self)
    }

    private static let memoryPolicy = "config-linux.md#memory-policy"

    static let memoryPolicyCases: [ConformanceCase] =
        [
            ("MPOL_BIND", "0", "bind:0"), ("MPOL_INTERLEAVE", "0", "interleave:0"), ("MPOL_PREFERRED", "0", "prefer:0"),
        ].map { mode, nodes, shown in
            ConformanceCase(
                "memory-policy-\(mode)", memoryPolicy, "\(mode) is the program's policy, or is refused",
                needs: [.path("/proc/self/numa_maps")]
            ) { bench in
                bench.spec.ociVersion = "1.3.0"
                bench.set("linux", "memoryPolicy", to: ["mode": .string(mode), "nodes": .string(nodes)])
                let text = try bench.runOrBeRefused("cat /proc/self/numa_maps").output
                try expect(text.contains(shown), "no page of the program is \(shown)")
            }
        } + [
            ConformanceCase("memory-policy-unknown", memoryPolicy, "an unknown mode is refused") { bench in
                bench.spec.ociVersion = "1.3.0"
                bench.set("linux", "memoryPolicy", to: ["mode": "MPOL_NOSUCH", "nodes": "0"])
                try bench.mustRefuse("an unknown mode")
            },
            ConformanceCase("memory-policy-unknown-flag", memoryPolicy, "an unknown flag is refused") { bench in
                bench.spec.ociVersion = "1.3.0"
                bench.set("linux", "memoryPolicy", to: ["mode": "MPOL_BIND", "nodes": "0", "flags": ["MPOL_F_NOSUCH"]])
                try bench.mustRefuse("an unknown flag")
            },
        ]

    private static let propagation = "config-linux.md#rootfs-mount-propagation"

    private static func rootPropagation(_ value: String, _ expected: [String]) -> ConformanceCase {
        ConformanceCase("propagation-\(value)", propagation, "rootfsPropagation can be \(value)") { bench in
            bench.linux.rootfsPropagation = value
            try bench.create()
            let found = try bench.mount(at: "/").propagation.map { $0.prefix { $0 != ":" } }
            try expectEqual(found, expected.map { $0[...] }, "the propagation")
        }
    }

    static let propagationCases: [ConformanceCase] = [
        rootPropagation("private", []), rootPropagation("slave", []), rootPropagation("shared", ["shared"]),
        rootPropagation("unbindable", ["unbindable"]),
        ConformanceCase(
            "propagation-slave-receives", propagation, "as slave the container sees later mounts of the host"
        ) { bench in
            try underSharedMount(bench)
            bench.linux.rootfsPropagation = "rslave"
            bench.addMount("/data", type: "none", source: "\(bench.bundle)/shared", options: ["rbind", "rslave"])
            try bench.create()
            try mountInWrapper(bench)
            try eventually("the mount is seen") { try bench.mounts().contains { $0.point == "/data/later" } }
        },
        ConformanceCase("propagation-private-isolated", propagation, "as private it does not see them") { bench in
            try underSharedMount(bench)
            bench.linux.rootfsPropagation = "private"
            bench.addMount("/data", type: "none", source: "\(bench.bundle)/shared", options: ["rbind", "private"])
            try bench.create()
            try mountInWrapper(bench)
            try expect(try bench.mounts().allSatisfy { $0.point != "/data/later" }, "the mount is seen")
        },
        ConformanceCase("propagation-unknown", propagation, "an unknown propagation is refused") { bench in
            bench.linux.rootfsPropagation = "sideways"
            try bench.mustRefuse("an unknown propagation")
        },
    ]

    /// A mount namespace, held by a sleeping process, with a shared mount in which the runtime is called.
    private static func underSharedMount(_ bench: Workbench) throws {
        let script = """
            mkdir -p \(bench.bundle)/shared && mount -t tmpfs tmpfs \(bench.bundle)/shared &&
            mount --make-shared \(bench.bundle)/shared && mkdir \(bench.bundle)/shared/later &&
            { sleep 60 >/dev/null 2>&1 & echo $! > \(bench.bundle)/holder; }
            """
        _ = try LiveCommandRunner().check(
            Command("/usr/bin/unshare", ["-m", "--propagation", "private", "/bin/sh", "-c", script]))
        bench.wrapper = ["/usr/bin/nsenter", "-m", "-t", try bench.bundleText("holder"), "--"]
        bench.helpers.append(Int32(try bench.bundleText("holder")) ?? 0)
    }

    private static func mountInWrapper(_ bench: Workbench) throws {
        _ = try LiveCommandRunner().check(
            Command(
                "/usr/bin/nsenter",
                [
                    "-m", "-t", "\(bench.helpers[0])", "--", "mount", "-t", "tmpfs", "tmpfs",
                    "\(bench.bundle)/shared/later",
                ]))
    }
}
