import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageRuntime

/// Statistics out of recorded cgroup2 files.
@Suite struct ContainerStatisticsTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        let files = [
            "cpu.stat": """
            usage_usec 3000
            user_usec 2000
            system_usec 1000
            nr_periods 7
            nr_throttled 2
            throttled_usec 500

            """,
            "memory.current": "4096\n", "memory.peak": "8192\n", "memory.max": "max\n",
            "memory.events": "low 0\nhigh 0\nmax 3\noom 0\n", "memory.stat": "anon 100\nfile 200\n",
            "memory.swap.current": "1024\n", "memory.swap.max": "max\n",
            "pids.current": "5\n", "pids.max": "100\n",
            "io.stat": "8:0 rbytes=4096 wbytes=512 rios=2 wios=1 dbytes=0 dios=0\n",
        ]
        for (name, text) in files { try folder.write(text, to: "web/\(name)") }
    }

    private var statistics: ContainerStatistics {
        CgroupMembership(parsing: Array("0::/web\n".utf8), unifiedRoot: folder.path).statistics()
    }

    @Test func timesAreNanoseconds() {
        #expect(statistics.cpu.total == 3_000_000)
        #expect(statistics.cpu.user == 2_000_000)
        #expect(statistics.cpu.kernel == 1_000_000)
        #expect(statistics.cpu.periods == 7)
        #expect(statistics.cpu.throttledPeriods == 2)
        #expect(statistics.cpu.throttledTime == 500_000)
    }

    @Test func memoryIsBytesAndNoLimitIsTheLargestNumber() {
        #expect(statistics.memory.usage == 4096)
        #expect(statistics.memory.maximum == 8192)
        #expect(statistics.memory.limit == .max)
        #expect(statistics.memory.failures == 3)
        #expect(statistics.cache == 200)
        #expect(statistics.memoryDetails["anon"] == 100)
    }

    @Test func swapIsMemoryAndSwapTogether() {
        #expect(statistics.swap?.usage == 5120)
        #expect(statistics.swap?.limit == .max)
    }

    @Test func processesAndTheirLimit() throws {
        #expect(statistics.pids == 5)
        #expect(statistics.pidsLimit == 100)
        try folder.write("max\n", to: "web/pids.max")
        #expect(statistics.pidsLimit == 0)
    }

    @Test func blockDevicesByOperation() {
        #expect(
            statistics.blockBytes == [
                .init(major: 8, minor: 0, operation: "Read", value: 4096),
                .init(major: 8, minor: 0, operation: "Write", value: 512),
            ])
        #expect(statistics.blockOperations.map(\.value) == [2, 1])
    }

    @Test func aMissingFileLeavesItsStatisticOut() throws {
        try HostDirectory.removeTree(folder.path.appending("web"))
        #expect(statistics == ContainerStatistics())
    }

    @Test func theDocumentHasRuncsMembers() throws {
        let document = try JSONValue.decode(statistics.encoded())
        #expect(document["cpu"]?["usage"]?["total"]?.integer == 3_000_000)
        #expect(document["memory"]?["usage"]?["usage"]?.integer == 4096)
        #expect(document["memory"]?["raw"]?["file"]?.integer == 200)
        #expect(document["pids"]?["current"]?.integer == 5)
        #expect(document["pids"]?["limit"]?.integer == 100)
        #expect(document["blkio"]?["ioServiceBytesRecursive"]?.array?.first?["op"]?.string == "Read")
    }
}
