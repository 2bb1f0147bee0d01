import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageRuntime

/// Statistics out of recorded v1 files. The hierarchies' directories are the host's; the group's path leads out of them, as
/// a path does that is seen from within a cgroup namespace (cgroup_namespaces(7)).
@Suite(
    .enabled(
        if: HostDirectory.isDirectory("/sys/fs/cgroup/memory") && HostDirectory.isDirectory("/sys/fs/cgroup/pids"),
        "the host has no v1 hierarchies"))
struct ContainerStatisticsV1Tests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        let files = [
            "memory.usage_in_bytes": "4096\n", "memory.max_usage_in_bytes": "8192\n", "memory.limit_in_bytes": "-1\n",
            "memory.failcnt": "3\n", "memory.stat": "cache 200\nrss 100\n",
            "memory.memsw.usage_in_bytes": "5120\n", "memory.memsw.limit_in_bytes": "65536\n",
            "pids.current": "5\n", "pids.max": "max\n",
            "cpuacct.usage": "3000000\n", "cpuacct.usage_percpu": "1000000 2000000 \n",
            "cpuacct.usage_user": "2000000\n",
            "cpuacct.usage_sys": "1000000\n",
            "cpu.stat": "nr_periods 7\nnr_throttled 2\nthrottled_time 500000\n",
            "blkio.throttle.io_service_bytes": "8:0 Read 4096\n8:0 Write 512\nTotal 4608\n",
            "blkio.throttle.io_serviced": "8:0 Read 2\nTotal 2\n",
        ]
        for (name, text) in files { try folder.write(text, to: name) }
    }

    private var statistics: ContainerStatistics {
        let path = "/../../../..\(folder.path)"
        let lines = ["memory", "pids", "cpuacct", "cpu", "blkio"].enumerated().map {
            "\($0.offset + 1):\($0.element):\(path)\n"
        }
        return CgroupMembership(parsing: Array(lines.joined().utf8), unifiedRoot: "/sys/fs/cgroup/unified").statistics()
    }

    @Test func cpuTimesAreNanosecondsAlready() {
        #expect(statistics.cpu.total == 3_000_000)
        #expect(statistics.cpu.perCPU == [1_000_000, 2_000_000])
        #expect(statistics.cpu.user == 2_000_000)
        #expect(statistics.cpu.kernel == 1_000_000)
        #expect(statistics.cpu.throttledTime == 500_000)
    }

    @Test func memoryHasAKindForSwap() {
        #expect(statistics.memory == .init(usage: 4096, maximum: 8192, limit: .max, failures: 3))
        #expect(statistics.swap?.usage == 5120)
        #expect(statistics.swap?.limit == 65536)
        #expect(statistics.cache == 200)
    }

    @Test func noLimitOfProcessesIsZero() {
        #expect(statistics.pids == 5)
        #expect(statistics.pidsLimit == 0)
    }

    @Test func totalsAreNoDevices() {
        #expect(statistics.blockBytes.map(\.value) == [4096, 512])
        #expect(statistics.blockOperations.map(\.value) == [2])
    }
}
