import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    /// A limit of a controller, read back from the container's group.
    private static func limit(
        _ id: String, _ section: String, _ title: String, file: String, v2: String?, _ expected: String,
        _ v2Expected: String? = nil, edit: @escaping @Sendable (inout LinuxResources) -> Void
    ) -> ConformanceCase {
        let parts = file.split(separator: "/", maxSplits: 1).map(String.init)
        return ConformanceCase(
            id, "config-linux.md#\(section)", title, needs: [.controller(parts[0]), .controlFile(parts[0], parts[1])]
        ) { bench in
            var resources = LinuxResources()
            edit(&resources)
            bench.linux.cgroupsPath = "/\(bench.id)"
            bench.linux.resources = resources
            try bench.create()
            try expectEqual(bench.limit(file, v2: v2), Cgroups.isUnified ? v2Expected ?? expected : expected, file)
        }
    }

    private static func memory(
        _ name: String, _ file: String, _ v2: String?, _ expected: String, _ v2Expected: String? = nil,
        edit: @escaping @Sendable (inout LinuxMemory) -> Void
    ) -> ConformanceCase {
        limit(
            "memory-\(name)", "memory", "memory.\(name) is set", file: "memory/\(file)", v2: v2, expected, v2Expected
        ) { resources in
            var memory = LinuxMemory()
            edit(&memory)
            resources.memory = memory
        }
    }

    private static func cpu(
        _ name: String, _ file: String, _ v2: String?, _ expected: String, _ v2Expected: String? = nil,
        edit: @escaping @Sendable (inout LinuxCPU) -> Void
    ) -> ConformanceCase {
        limit("cpu-\(name)", "cpu", "cpu.\(name) is set", file: file, v2: v2, expected, v2Expected) { resources in
            var cpu = LinuxCPU()
            edit(&cpu)
            resources.cpu = cpu
        }
    }

    static let memoryCases: [ConformanceCase] = [
        memory("limit", "memory.limit_in_bytes", "memory.max", "67108864") { $0.limit = 67_108_864 },
        memory("unlimited", "memory.limit_in_bytes", "memory.max", "9223372036854771712", "max") { $0.limit = -1 },
        memory("reservation", "memory.soft_limit_in_bytes", "memory.low", "33554432") { $0.reservation = 33_554_432 },
        memory("swap", "memory.memsw.limit_in_bytes", "memory.swap.max", "134217728", "67108864") {
            $0.limit = 67_108_864
            $0.swap = 134_217_728
        },
        memory("kernelTCP", "memory.kmem.tcp.limit_in_bytes", nil, "16777216") { $0.kernelTCP = 16_777_216 },
        memory("swappiness", "memory.swappiness", nil, "33") { $0.swappiness = 33 },
        memory("swappiness-zero", "memory.swappiness", nil, "0") { $0.swappiness = 0 },
        ConformanceCase(
            "memory-oom-killer", "config-linux.md#memory", "disableOOMKiller is set",
            needs: [.controlFile("memory", "memory.oom_control")]
        ) { bench in
            var resources = LinuxResources()
            resources.memory = LinuxMemory()
            resources.memory?.limit = 67_108_864
            resources.memory?.disableOOMKiller = true
            bench.linux.resources = resources
            try bench.create()
            try expect(
                try bench.limit("memory/memory.oom_control", v2: nil).lines.contains("oom_kill_disable 1"),
                "the killer is enabled")
        },
        ConformanceCase(
            "memory-enforced", "config-linux.md#memory", "a program that exceeds the limit is killed",
            needs: [.controller("memory")]
        ) { bench in
            var resources = LinuxResources()
            resources.memory = LinuxMemory()
            resources.memory?.limit = 16_777_216
            bench.linux.resources = resources
            let result = try bench.run("x=$(head -c 60000000 /dev/zero | tr '\\0' x); echo survived")
            try expect(!result.output.contains("survived"), "the program survived")
        },
        ConformanceCase("memory-invalid", "config-linux.md#memory", "a limit that is no number is refused") { bench in
            bench.set("linux", "resources", to: ["memory": ["limit": "64M"]])
            try bench.mustRefuse("a limit that is a string")
        },
        ConformanceCase(
            "resources-unset", "config-linux.md#memory", "without resources there is no limit",
            needs: [.controlFile("memory", "memory.limit_in_bytes")]
        ) { bench in
            try bench.create()
            try expectEqual(
                bench.limit("memory/memory.limit_in_bytes", v2: "memory.max"),
                Cgroups.isUnified ? "max" : "9223372036854771712", "the limit")
        },
    ]

    static let cpuCases: [ConformanceCase] = [
        cpu("shares", "cpu/cpu.shares", nil, "512") { $0.shares = 512 },
        cpu("quota", "cpu/cpu.cfs_quota_us", "cpu.max", "50000", "50000 100000") {
            $0.quota = 50_000
            $0.period = 100_000
        },
        cpu("period", "cpu/cpu.cfs_period_us", "cpu.max", "200000", "max 200000") { $0.period = 200_000 },
        cpu("burst", "cpu/cpu.cfs_burst_us", "cpu.max.burst", "20000") {
            $0.quota = 50_000
            $0.period = 100_000
            $0.burst = 20_000
        },
        cpu("idle", "cpu/cpu.idle", "cpu.idle", "1") { $0.idle = 1 },
        cpu("cpus", "cpuset/cpuset.cpus", "cpuset.cpus", "0") { $0.cpus = "0" },
        cpu("mems", "cpuset/cpuset.mems", "cpuset.mems", "0") { $0.mems = "0" },
        cpu("realtimePeriod", "cpu/cpu.rt_period_us", nil, "900000") { $0.realtimePeriod = 900_000 },
        ConformanceCase(
            "cpu-cpus-seen", "config-linux.md#cpu", "the program runs on the processors given only",
            needs: [.controller("cpuset"), .secondProcessor]
        ) { bench in
            var resources = LinuxResources()
            resources.cpu = LinuxCPU()
            resources.cpu?.cpus = "1"
            bench.linux.resources = resources
            try expectEqual(
                bench.run("cat /proc/self/status").output.field("Cpus_allowed_list"), "1", "the processors")
        },
        ConformanceCase(
            "cpu-cpus-invalid", "config-linux.md#cpu", "processors that the host has not are an error",
            needs: [.controller("cpuset")]
        ) { bench in
            var resources = LinuxResources()
            resources.cpu = LinuxCPU()
            resources.cpu?.cpus = "4000"
            bench.linux.resources = resources
            try bench.mustRefuseCreate("a processor that the host has not")
        },
    ]

    /// The number of a disk of the host, for limits of devices.
    private static let disk: (major: Int64, minor: Int64)? = {
        for name in ["vda", "sda", "nvme0n1", "loop0"] {
            guard let parts = procText("/sys/block/\(name)/dev")?.split(separator: ":"), parts.count == 2,
                let major = Int64(parts[0]), let minor = Int64(parts[1])
            else { continue }
            return (major, minor)
        }
        return nil
    }()

    private static func throttle(
        _ name: String, _ file: String, _ v2: String,
        _ member: any WritableKeyPath<LinuxBlockIO, [LinuxThrottleDevice]> & Sendable
    ) -> ConformanceCase {
        ConformanceCase(
            "blockIO-\(name)", "config-linux.md#block-io", "blockIO.\(name) is set",
            needs: [.controller(Cgroups.isUnified ? "io" : "blkio"), .controlFile("blkio", file)]
        ) { bench in
            guard let disk else { throw Failure.skipped("the host has no disk") }
            var blockIO = LinuxBlockIO()
            blockIO[keyPath: member] = [LinuxThrottleDevice(major: disk.major, minor: disk.minor, rate: 1_048_576)]
            var resources = LinuxResources()
            resources.blockIO = blockIO
            bench.linux.resources = resources
            try bench.create()
            let found = try bench.limit("blkio/\(file)", v2: "io.max")
            let wanted = Cgroups.isUnified ? "\(v2)=1048576" : "\(disk.major):\(disk.minor) 1048576"
            try expect(
                found.lines.contains { $0.split(separator: " ").contains(Substring(wanted)) || $0 == wanted }, found)
        }
    }

    static let otherResourceCases: [ConformanceCase] = [
        limit("pids-limit", "pids", "pids.limit is set", file: "pids/pids.max", v2: "pids.max", "33") {
            $0.pids = LinuxPids(limit: 33)
        },
        limit("pids-unlimited", "pids", "a limit of -1 is none", file: "pids/pids.max", v2: "pids.max", "max") {
            $0.pids = LinuxPids(limit: -1)
        },
        ConformanceCase(
            "pids-enforced", "config-linux.md#pids", "more processes than the limit cannot be started",
            needs: [.controller("pids")]
        ) { bench in
            var resources = LinuxResources()
            resources.pids = LinuxPids(limit: 4)
            bench.linux.resources = resources
            let result = try bench.run("for i in 1 2 3 4 5 6 7 8; do sleep 5 & done; echo survived")
            try expect(
                !result.output.contains("survived") || result.error.contains("fork"), "all processes were started")
        },
        throttle("throttleReadBpsDevice", "blkio.throttle.read_bps_device", "rbps", \.throttleReadBpsDevice),
        throttle("throttleWriteBpsDevice", "blkio.throttle.write_bps_device", "wbps", \.throttleWriteBpsDevice),
        throttle("throttleReadIOPSDevice", "blkio.throttle.read_iops_device", "riops", \.throttleReadIOPSDevice),
        throttle("throttleWriteIOPSDevice", "blkio.throttle.write_iops_device", "wiops", \.throttleWriteIOPSDevice),
        limit("blockIO-weight", "block-io", "blockIO.weight is set", file: "blkio/blkio.weight", v2: nil, "500") {
            $0.blockIO = LinuxBlockIO()
            $0.blockIO?.weight = 500
        },
        ConformanceCase(
            "hugepage-limit", "config-linux.md#huge-page-limits", "a limit of huge pages is set",
            needs: [.controller("hugetlb"), .controlFile("hugetlb", "hugetlb.2MB.limit_in_bytes")]
        ) { bench in
            var resources = LinuxResources()
            resources.hugepageLimits = [LinuxHugepageLimit(pageSize: "2MB", limit: 4_194_304)]
            bench.linux.resources = resources
            try bench.create()
            let reserved = try bench.limit("hugetlb/hugetlb.2MB.rsvd.limit_in_bytes", v2: "hugetlb.2MB.rsvd.max")
            let used = try bench.limit("hugetlb/hugetlb.2MB.limit_in_bytes", v2: "hugetlb.2MB.max")
            try expect([reserved, used].contains("4194304"), "the limits are \(reserved) and \(used)")
        },
        ConformanceCase(
            "hugepage-size-invalid", "config-linux.md#huge-page-limits", "a size that the kernel has not is an error",
            needs: [.controller("hugetlb")]
        ) { bench in
            var resources = LinuxResources()
            resources.hugepageLimits = [LinuxHugepageLimit(pageSize: "3MB", limit: 4_194_304)]
            bench.linux.resources = resources
            try bench.mustRefuseCreate("huge pages of 3 MB")
        },
        ConformanceCase(
            "network-class", "config-linux.md#network", "network.classID is set", needs: [.controller("net_cls")]
        ) { bench in
            bench.set("linux", "resources", to: ["network": ["classID": 1_048_577]])
            try bench.create()
            try expectEqual(bench.limit("net_cls/net_cls.classid", v2: nil), "1048577", "the class")
        },
        ConformanceCase(
            "rdma", "config-linux.md#rdma", "an rdma limit without its controller is an error",
            needs: [.absence("/sys/fs/cgroup/rdma")]
        ) { bench in
            bench.set("linux", "resources", to: ["rdma": ["mlx5_1": ["hcaHandles": 3]]])
            try bench.mustRefuseCreate("a limit of a controller that is not there")
        },
        ConformanceCase(
            "unified-written", "config-linux.md#unified", "a file of cgroup v2 is written", needs: [.unifiedHierarchy]
        ) { bench in
            bench.set("linux", "resources", to: ["unified": ["memory.high": "1073741824"]])
            try bench.create()
            try expectEqual(bench.limit("memory/x", v2: "memory.high"), "1073741824", "memory.high")
        },
        ConformanceCase(
            "unified-unknown", "config-linux.md#unified", "a controller that is not there is an error"
        ) { bench in
            bench.set("linux", "resources", to: ["unified": ["nosuch.max": "1"]])
            try bench.mustRefuseCreate("a controller that is not there")
        },
    ]
}
