import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageRuntime

/// `update` believes the files of the cgroup, here a tree of our own in the form of cgroup v2.
@Suite struct LimitVerificationTests {
    private let folder: TemporaryDirectory
    private let groups: CgroupMembership

    init() throws {
        folder = try TemporaryDirectory()
        try HostDirectory.create(folder.path.appending("a"))
        groups = CgroupMembership(parsing: Array("0::/a\n".utf8), unifiedRoot: folder.path)
    }

    private func put(_ text: String, in file: String) throws {
        try HostFile.replace(
            folder.path.appending("a").appending(file), with: Array("\(text)\n".utf8), durability: .boot)
    }

    private var memory: LinuxResources {
        var resources = LinuxResources()
        resources.memory = LinuxMemory()
        resources.memory?.limit = 100_000_001
        resources.memory?.swap = 200_000_001
        return resources
    }

    @Test func aLimitMayBeRoundedDownToWholePages() throws {
        try put("99999744", in: "memory.max")
        try put("99999744", in: "memory.swap.max")
        try groups.verify(memory)
    }

    @Test func anotherValueIsAnErrorThatNamesBoth() throws {
        try put("99999744", in: "memory.max")
        try put("max", in: "memory.swap.max")
        #expect {
            try groups.verify(memory)
        } throws: { error in
            "\(error)"
                == "memory.swap was set to 100000000, but the kernel has max in memory.swap.max"
        }
    }

    @Test func aMissingFileIsAnError() throws {
        #expect {
            try groups.verify(memory)
        } throws: { error in
            "\(error)" == "memory.limit was set to 100000001, but the kernel has no memory.max"
        }
    }

    @Test func whatTheKernelCannotLimitIsWithoutLimit() throws {
        var resources = LinuxResources()
        resources.memory = LinuxMemory()
        resources.memory?.swap = -1
        try groups.verify(resources)
    }

    @Test(arguments: [("20", 512 as UInt64), ("59", 512), ("39", 1024), ("100", 1024), ("1", 2), ("10000", 262_144)])
    func sharesBecomeAWeightOnEitherScale(_ weight: String, _ shares: UInt64) throws {
        var resources = LinuxResources()
        resources.cpu = LinuxCPU()
        resources.cpu?.shares = shares
        try put(weight, in: "cpu.weight")
        try groups.verify(resources)
    }

    @Test func quotaPeriodBurstAndSetsAreCompared() throws {
        var resources = LinuxResources()
        resources.cpu = LinuxCPU()
        resources.cpu?.quota = 20_000
        resources.cpu?.burst = 5_000
        resources.cpu?.cpus = "0,1"
        try put("20000 100000", in: "cpu.max")
        try put("5000", in: "cpu.max.burst")
        try put("0-1", in: "cpuset.cpus")
        try groups.verify(resources)
        try put("0", in: "cpuset.cpus")
        #expect(throws: NexcageError.self) { try groups.verify(resources) }
    }

    @Test(arguments: [("max", -1 as Int64), ("50", 50)])
    func theLimitOfTasksIsCompared(_ text: String, _ limit: Int64) throws {
        var resources = LinuxResources()
        resources.pids = LinuxPids(limit: limit)
        try put(text, in: "pids.max")
        try groups.verify(resources)
        try put("7", in: "pids.max")
        #expect(throws: NexcageError.self) { try groups.verify(resources) }
    }

    @Test func unifiedFilesAreReadBackLineByLine() throws {
        var resources = LinuxResources()
        resources.unified = ["io.max": "8:0 rbps=1000 wbps=max riops=max wiops=max", "memory.high": "4096"]
        try put("7:0 rbps=1 wbps=max riops=max wiops=max\n8:0 rbps=1000 wbps=max riops=max wiops=max", in: "io.max")
        try put("4096", in: "memory.high")
        try groups.verify(resources)
    }

    @Test func theGroupAboveCounts() throws {
        try HostFile.replace(folder.path.appending("pids.max"), with: Array("50\n".utf8), durability: .boot)
        var resources = LinuxResources()
        resources.pids = LinuxPids(limit: 50)
        try groups.verify(resources)
    }
}
