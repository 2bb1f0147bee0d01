import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `ps`, `update` and `events`: what a container consists of, may use and uses.
@Suite struct MeasureTests {
    private func running(_ backend: TestBackend) throws -> (scratch: Scratch, id: String) {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "sleep 1000 & sleep 1000")
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        return (scratch, scratch.id())
    }

    /// A file of a container's v1 group, or nil where the host has no such hierarchy.
    private func limit(_ controller: String, _ file: String, of id: String, in scratch: Scratch) throws -> String? {
        let pid = try scratch.state(id).pid ?? 0
        let groups = String(
            decoding: try HostFile.readStream(FilePath("/proc/\(pid)/cgroup"), limit: 1 << 16), as: UTF8.self)
        for line in groups.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields[1].split(separator: ",").contains(Substring(controller)) else { continue }
            let path = FilePath("/sys/fs/cgroup/\(fields[1])\(fields[2])/\(file)")
            return String(String(decoding: try HostFile.readStream(path, limit: 4096), as: UTF8.self).dropLast())
        }
        return nil
    }

    /// Both of the container's processes.
    private func processes(of id: String, in scratch: Scratch) throws -> [Int64] {
        try eventually("both processes run") {
            try scratch.must("ps", "--format", "json", id).document().array?.count == 2
        }
        return try scratch.must("ps", "-f", "json", id).document().array?.compactMap(\.integer) ?? []
    }

    @Test(arguments: TestBackend.allCases)
    func psListsTheContainersProcessesAndNoOthers(_ backend: TestBackend) throws {
        let (scratch, id) = try running(backend)
        let pids = try processes(of: id, in: scratch)
        #expect(try pids.contains(Int64(scratch.state(id).pid ?? 0)))
        // runc's callers also put the format behind the id.
        #expect(try scratch.must("ps", id, "--format", "json").document().array?.compactMap(\.integer) == pids)

        let table = try scratch.must("ps", id).output.split(separator: "\n")
        #expect(table.first?.split(separator: " ").contains("PID") == true)
        #expect(table.count == 3)
        let options = try scratch.must("ps", id, "-o", "pid,comm").output.split(separator: "\n")
        #expect(options.count == 3)
        #expect(options.dropFirst().allSatisfy { line in pids.contains { line.contains("\($0)") } })
    }

    @Test(arguments: TestBackend.allCases)
    func updateChangesTheLimits(_ backend: TestBackend) throws {
        let (scratch, id) = try running(backend)
        try #require(limit("memory", "memory.limit_in_bytes", of: id, in: scratch) != nil, "no v1 hierarchy for memory")
        let flags = ["--memory", "100m", "--memory-swap", "-1", "--pids-limit", "50", "--cpu-shares", "512"]
        try expectSilence(scratch.nexcage(["update"] + flags + [id]))
        #expect(try limit("memory", "memory.limit_in_bytes", of: id, in: scratch) == "104857600")
        #expect(try limit("pids", "pids.max", of: id, in: scratch) == "50")
        #expect(try limit("cpu", "cpu.shares", of: id, in: scratch) == "512")

        // What a second update does not name stays.
        try expectSilence(scratch.nexcage("update", "--cpu-quota", "20000", "--cpu-period", "100000", id))
        #expect(try limit("cpu", "cpu.cfs_quota_us", of: id, in: scratch) == "20000")
        #expect(try limit("memory", "memory.limit_in_bytes", of: id, in: scratch) == "104857600")
    }

    @Test(arguments: TestBackend.allCases)
    func updateTakesADocument(_ backend: TestBackend) throws {
        let (scratch, id) = try running(backend)
        try #require(limit("pids", "pids.max", of: id, in: scratch) != nil, "no v1 hierarchy for pids")
        try expectSilence(scratch.nexcage("update", "--resources", "-", id, input: #"{"pids": {"limit": 60}}"#))
        #expect(try limit("pids", "pids.max", of: id, in: scratch) == "60")
        let file = try scratch.write(#"{"pids": {"limit": 70}}"#, to: "limits.json")
        try expectSilence(scratch.nexcage("update", "-r", file.string, id))
        #expect(try limit("pids", "pids.max", of: id, in: scratch) == "70")
        let broken = try scratch.nexcage("update", "--resources=-", id, input: #"{"pids": {"limit": "many"}}"#)
        #expect(broken.exitCode == 1)
        #expect(broken.error.contains("pids.limit"))
        #expect(try limit("pids", "pids.max", of: id, in: scratch) == "70")
    }

    @Test func updateReachesWhatLibcrunDoesNotKnow() throws {
        try TestBackend.requireLibcrun()
        let (scratch, id) = try running(.crun)
        try #require(limit("cpu", "cpu.cfs_burst_us", of: id, in: scratch) != nil, "no v1 hierarchy for cpu")
        try expectSilence(
            scratch.nexcage("update", "--cpu-quota", "20000", "--cpu-period", "100000", "--cpu-burst", "5000", id))
        #expect(try limit("cpu", "cpu.cfs_burst_us", of: id, in: scratch) == "5000")
    }

    @Test func aLimitThatDidNotTakeEffectIsAnError() throws {
        let (scratch, id) = try running(.runc)
        try #require(limit("cpu", "cpu.idle", of: id, in: scratch) != nil, "no v1 hierarchy for cpu")
        let outcome = try scratch.nexcage("update", "--resources", "-", id, input: #"{"cpu": {"idle": 1}}"#)
        // runc 1.1 passes over the member; a newer one sets it.
        if try limit("cpu", "cpu.idle", of: id, in: scratch) == "0" {
            #expect(outcome.exitCode == 1)
            #expect(outcome.error.contains("cpu.idle was set to 1, but the kernel has 0 in cpu.idle"))
        } else {
            #expect(outcome.exitCode == 0)
        }
    }

    @Test(arguments: TestBackend.allCases)
    func statisticsAreOneLineOfJSON(_ backend: TestBackend) throws {
        let (scratch, id) = try running(backend)
        let count = try Int64(processes(of: id, in: scratch).count)
        let outcome = try scratch.must("events", "--stats", id)
        #expect(outcome.output.isOneLine)
        let document = try outcome.document()
        #expect(document["type"]?.string == "stats")
        #expect(document["id"]?.string == id)
        #expect(document["data"]?["cpu"]?["usage"]?["total"]?.integer ?? 0 > 0)
        #expect(document["data"]?["memory"]?["usage"]?["usage"]?.integer ?? 0 > 0)
        #expect(document["data"]?["pids"]?["current"]?.integer == count)
    }

    @Test(arguments: TestBackend.allCases)
    func eventsEndWithTheContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "sleep 0.3")
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        let outcome = try scratch.must("events", "--interval", "50ms", scratch.id())
        let lines = outcome.output.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines { #expect(try JSONValue.decode(Array(line.utf8))["type"]?.string == "stats") }
    }
}
