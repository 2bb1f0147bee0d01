import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// What runtime-spec 1.1 to 1.3 added: each member takes effect on the crun backend, or the container is refused.
@Suite struct NewerSpecTests {
    /// Runs a script to its end in a container of libcrun's and returns what it wrote to its standard output.
    private func output(
        of script: String, _ edit: (inout RuntimeSpec) throws -> Void
    ) throws -> String {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch, "bundle", script) { spec in
            spec.ociVersion = "1.3.0"
            try edit(&spec)
        }
        return try scratch.must("run", "--bundle", bundle.path.string, scratch.id()).output
    }

    @Test(arguments: ["1.0.0", "1.0.2-dev", "1.1.0", "1.2.1", "1.3.0"])
    func everyVersionRuns(_ version: String) throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch) { $0.ociVersion = version }
        let before = try HostFile.read(bundle.path.appending("config.json"))
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        #expect(try scratch.state(scratch.id()).ociVersion == version)
        #expect(try scratch.must("exec", scratch.id(), "/bin/echo", "hi").output == "hi\n")
        #expect(try HostFile.read(bundle.path.appending("config.json")) == before)
        try scratch.must("delete", "--force", scratch.id())
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func theTimeNamespaceHasItsOffsetsAlsoForExec() throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch) { spec in
            spec.linux?.namespaces.append(LinuxNamespace(.time))
            spec.linux?.timeOffsets = [
                "boottime": LinuxTimeOffset(secs: 50_000_000), "monotonic": LinuxTimeOffset(secs: 7, nanosecs: 8),
            ]
        }
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        let pid = try scratch.state(id).pid ?? 0
        let offsets = try HostFile.readStream(FilePath("/proc/\(pid)/timens_offsets"), limit: 4096)
        let words = String(decoding: offsets, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        #expect(words == ["monotonic", "7", "8", "boottime", "50000000", "0"])
        let uptime = try scratch.must("exec", id, "/bin/cat", "/proc/uptime").output
        #expect(try #require(Int(uptime.prefix { $0 != "." })) > 50_000_000)
        let pidFile = scratch.path.appending("exec.pid")
        try scratch.must("exec", "-d", "--pid-file", pidFile.string, id, "/bin/sleep", "1000")
        let other = String(decoding: try HostFile.read(pidFile), as: UTF8.self)
        #expect(try link("/proc/\(other)/ns/time") == link("/proc/\(pid)/ns/time"))
    }

    private func link(_ path: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard readlink(path, &buffer, 255) > 0 else { throw NexcageError.system("readlink", path, .current) }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test func theProcessIsScheduledAsAsked() throws {
        // Fields 19 and 41 of stat(5): the nice value and the policy.
        let stat = try output(of: "cat /proc/self/stat") { spec in
            spec.process?.scheduler = SchedulerSpec(policy: "SCHED_BATCH", nice: 5)
            spec.process?.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_IDLE", priority: 0)
        }
        let fields = stat.split(separator: " ")
        #expect(fields[18] == "5")
        #expect(fields[40] == "3")
    }

    @Test func theIOPriorityIsSet() throws {
        let output = try output(of: "/bin/busybox ionice -p 1") { spec in
            spec.process?.ioPriority = IOPrioritySpec(ioClass: "IOPRIO_CLASS_BE", priority: 6)
        }
        #expect(output == "best-effort: prio 6\n")
    }

    @Test func theMemoryPolicyIsInherited() throws {
        let maps = try output(of: "cat /proc/self/numa_maps") { spec in
            spec.linux?.memoryPolicy = LinuxMemoryPolicy(mode: "MPOL_INTERLEAVE", nodes: "0")
        }
        #expect(maps.contains(" interleave:0 "))
    }

    @Test func theBurstReachesTheCgroup() throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch) { spec in
            var cpu = LinuxCPU()
            (cpu.quota, cpu.period, cpu.burst) = (20_000, 100_000, 1_000)
            spec.linux?.resources?.cpu = cpu
        }
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let groups = String(
            decoding: try HostFile.readStream(
                FilePath("/proc/\(scratch.state(scratch.id()).pid ?? 0)/cgroup"), limit: 1 << 16), as: UTF8.self)
        let line = try #require(groups.split(separator: "\n").first { $0.contains(":cpu:") }, "no v1 hierarchy for cpu")
        let path = line.split(separator: ":", maxSplits: 2)[2]
        let burst = try HostFile.readStream(FilePath("/sys/fs/cgroup/cpu\(path)/cpu.cfs_burst_us"), limit: 64)
        #expect(String(decoding: burst, as: UTF8.self) == "1000\n")
    }

    @Test func personalityUmaskAndDomainNameAreSet() throws {
        let output = try output(of: "/bin/busybox uname -m; umask; cat /proc/sys/kernel/domainname") { spec in
            spec.domainname = "dom.example"
            spec.process?.user.umask = 0o027
            spec.linux?.personality = LinuxPersonality(domain: "LINUX32")
        }
        #expect(output == "i686\n0027\ndom.example\n")
    }

    @Test(arguments: ["data", "link"])
    func theFilesOfAnIdmappedMountChangeOwners(_ source: String) throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch, "bundle", "/bin/busybox stat -c %u /data") { spec in
            let mapping = [IDMapping(containerID: 0, hostID: 1000, size: 10)]
            spec.mounts.append(
                MountSpec(
                    destination: "/data", type: "bind", source: source, options: ["bind"], uidMappings: mapping,
                    gidMappings: mapping))
        }
        try HostDirectory.create(bundle.path.appending("data"), mode: 0o755)
        try #require(symlink("data", bundle.path.appending("link").string) == 0)
        #expect(try scratch.must("run", "--bundle", bundle.path.string, scratch.id()).output == "1000\n")
    }

    @Test func aRecursiveAttributeReachesTheMountsBelow() throws {
        let mounts = try output(of: "cat /proc/self/mountinfo") { spec in
            spec.mounts.append(
                MountSpec(destination: "/host", type: "bind", source: "/proc", options: ["rbind", "rro"]))
        }
        let below = mounts.split(separator: "\n").filter { $0.contains(" /host") }
        #expect(!below.isEmpty)
        #expect(below.allSatisfy { $0.contains(" ro,") })
    }

    @Test func execTakesSchedulerAndAffinity() throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        var process = try #require(
            try RuntimeSpec.decode(HostFile.read(bundle.path.appending("config.json"))).process)
        process.args = ["/bin/cat", "/proc/self/status", "/proc/self/stat"]
        process.scheduler = SchedulerSpec(policy: "SCHED_BATCH", nice: 3)
        var affinity = ExecCPUAffinity()
        affinity.final = "0"
        process.execCPUAffinity = affinity
        let file = try scratch.write(String(decoding: process.encoded(), as: UTF8.self), to: "process.json")
        let output = try scratch.must("exec", "--process", file.string, scratch.id()).output
        #expect(output.contains("Cpus_allowed_list:\t0\n"))
        let stat = try #require(output.split(separator: "\n").last).split(separator: " ")
        #expect(stat[18] == "3")
        #expect(stat[40] == "3")
    }

    @Test(arguments: ["linux.netDevices", "linux.intelRdt", "linux.resources.rdma", "mounts[].options \"ridmap\""])
    func whatLibcrunWouldDropIsRefused(_ member: String) throws {
        let scratch = try TestBackend.scratchWithLibcrun()
        let bundle = try TestBundle(in: scratch) { Self.use(member, in: &$0) }
        let refused = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(refused.exitCode != 0)
        #expect(refused.error.contains("\(member) is not supported by libcrun"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: ["domainname", "process.scheduler", "linux.netDevices", "linux.resources.cpu.burst"])
    func whatRuncWouldDropIsRefused(_ member: String) throws {
        let scratch = try Scratch(.runc)
        let bundle = try TestBundle(in: scratch) { Self.use(member, in: &$0) }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode != 0)
        #expect(outcome.error.contains("\(member) is not supported by runc version"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    private static func use(_ member: String, in spec: inout RuntimeSpec) {
        switch member {
        case "domainname": spec.domainname = "dom"
        case "process.scheduler": spec.process?.scheduler = SchedulerSpec(policy: "SCHED_BATCH")
        case "linux.netDevices": spec.linux?.netDevices = ["eth7": LinuxNetDevice()]
        case "linux.intelRdt": spec.linux?.intelRdt = LinuxIntelRdt()
        case "linux.resources.rdma": spec.linux?.resources?.rdma = ["mlx": LinuxRdma()]
        case "linux.resources.cpu.burst":
            spec.linux?.resources?.cpu = LinuxCPU()
            spec.linux?.resources?.cpu?.burst = 1
        default:
            spec.mounts.append(
                MountSpec(destination: "/m", type: "bind", source: "/tmp", options: ["bind", "ridmap"]))
        }
    }
}
