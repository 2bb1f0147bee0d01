import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// Bundles of runtime-spec 1.1 to 1.3 on backends that were written for 1.0: what is newer is applied or refused.
@Suite struct NewerSpecificationTests {
    /// Runs a container to its end and returns what it wrote.
    private func output(
        _ backend: TestBackend, _ script: String, edit: (inout RuntimeSpec) throws -> Void
    ) throws -> String {
        try TestBackend.requireLibcrun()
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", script, edit: edit)
        let outcome = try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 0)
        #expect(outcome.error == "")
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
        return outcome.word
    }

    @Test(arguments: TestBackend.allCases, ["1.0.0", "1.0.2-dev", "1.1.0", "1.2.1", "1.3.0", "1.3.0-rc.1+dev"])
    func everyVersionOfTheSpecificationRuns(_ backend: TestBackend, version: String) throws {
        if backend == .crun { try TestBackend.requireLibcrun() }
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "echo ran") { $0.ociVersion = version }
        let before = try HostFile.read(bundle.path.appending("config.json"))
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        #expect(try scratch.must("state", scratch.id()).document()["ociVersion"]?.string == version)
        try scratch.must("start", scratch.id())
        try eventually("it ends") { try scratch.state(scratch.id()).status == .stopped }
        #expect(try HostFile.read(bundle.path.appending("config.json")) == before)
        try scratch.must("delete", scratch.id())
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func aSchedulerIsApplied() throws {
        // The tenth word from the end of sched's line would do; `policy` is the 41st field of stat (proc(5)).
        let policy = try output(.crun, "read -r stat < /proc/self/stat; set -- $stat; shift 18; echo $1 ${23}") {
            $0.ociVersion = "1.1.0"
            $0.process?.scheduler = SchedulerSpec(policy: "SCHED_BATCH", nice: 5)
        }
        #expect(policy == "5 3")
    }

    @Test func anIOPriorityIsApplied() throws {
        let priority = try output(.crun, "/bin/busybox ionice -p $$") {
            $0.ociVersion = "1.1.0"
            $0.process?.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_BE", priority: 6)
        }
        #expect(priority == "best-effort: prio 6")
    }

    @Test func timeOffsetsAreApplied() throws {
        let uptime = try output(.crun, "read -r up rest < /proc/uptime; echo ${up%.*}") {
            $0.ociVersion = "1.1.0"
            $0.linux?.namespaces.append(LinuxNamespace(.time))
            $0.linux?.timeOffsets = ["boottime": LinuxTimeOffset(secs: 10_000_000)]
        }
        #expect(Int(uptime) ?? 0 >= 10_000_000)
    }

    @Test func timeOffsetsNeedANamespaceOfTheirOwn() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch) {
            $0.linux?.timeOffsets = ["boottime": LinuxTimeOffset(secs: 1)]
        }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("without a time namespace"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func aMemoryPolicyIsApplied() throws {
        let maps = try output(.crun, "/bin/busybox grep -c 'bind=static:0\\|bind:0' /proc/self/numa_maps || true") {
            $0.ociVersion = "1.3.0"
            $0.linux?.memoryPolicy = LinuxMemoryPolicy(mode: "MPOL_BIND", nodes: "0")
        }
        // A kernel without NUMA has no such file, and refuses the call, so that we would not be here.
        #expect(Int(maps) ?? 0 > 0)
    }

    @Test func burstIsWrittenToTheControlGroup() throws {
        try TestBackend.requireLibcrun()
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch) {
            var resources = $0.linux?.resources ?? LinuxResources()
            var cpu = LinuxCPU()
            (cpu.quota, cpu.period, cpu.burst) = (50_000, 100_000, 20_000)
            resources.cpu = cpu
            $0.linux?.resources = resources
        }
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let file = FilePath("/sys/fs/cgroup/cpu").appending(scratch.id()).appending("cpu.cfs_burst_us")
        #expect(try String(decoding: HostFile.readStream(file, limit: 64), as: UTF8.self) == "20000\n")
    }

    @Test func anIDMappedMountHasTheOwnersOfTheMapping() throws {
        try TestBackend.requireLibcrun()
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch, "bundle", "/bin/busybox stat -c %u:%g /shared/file") {
            $0.ociVersion = "1.2.0"
            let mapping = IDMapping(containerID: 0, hostID: 1000, size: 1000)
            $0.mounts.append(
                MountSpec(
                    destination: "/shared", type: "bind", source: "shared", options: ["bind"],
                    uidMappings: [mapping], gidMappings: [mapping]))
        }
        try HostDirectory.create(bundle.path.appending("shared"), mode: 0o755)
        try HostFile.replace(bundle.path.appending("shared/file"), with: [], durability: .boot)
        let outcome = try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.error == "")
        #expect(outcome.word == "1000:1000")
    }

    /// What is refused on a backend, and by which name.
    private static let refusals: [(backend: TestBackend, name: String, edit: @Sendable (inout RuntimeSpec) -> Void)] = [
        (.crun, "linux.netDevices", { $0.linux?.netDevices = ["eth7": LinuxNetDevice()] }),
        (.crun, "linux.intelRdt", { $0.linux?.intelRdt = LinuxIntelRdt() }),
        (.crun, "process.execCPUAffinity", { $0.process?.execCPUAffinity = ExecCPUAffinity() }),
        (.runc, "linux.netDevices", { $0.linux?.netDevices = ["eth7": LinuxNetDevice()] }),
        (.runc, "linux.memoryPolicy", { $0.linux?.memoryPolicy = LinuxMemoryPolicy(mode: "MPOL_LOCAL") }),
        (.runc, "linux.personality", { $0.linux?.personality = LinuxPersonality(domain: "LINUX32") }),
        (.runc, "process.scheduler", { $0.process?.scheduler = SchedulerSpec(policy: "SCHED_BATCH") }),
    ]

    @Test(arguments: refusals.indices)
    func whatWouldBeIgnoredIsRefusedByName(index: Int) throws {
        let (backend, name, edit) = Self.refusals[index]
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) {
            $0.ociVersion = "1.3.0"
            edit(&$0)
        }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("\"\(name)\" is not supported by the backend \(backend)"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
