import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// Many containers, and calls that are cut off anywhere. `NEXCAGE_SOAK=1` (`make soak`) runs the full numbers.
@Suite(.serialized) struct LoadTests {
    private static let isSoak = Environment.value(of: "NEXCAGE_SOAK") != nil

    /// Starts calls of nexcage all at once and waits for them.
    private func atOnce(_ calls: [[String]], in scratch: Scratch) throws -> [Program.Outcome] {
        let running = try calls.map { words in
            let call = try Call(in: scratch.path, input: "")
            return (call, try call.start(scratch.program, scratch.globalFlags + words, directory: scratch.path))
        }
        return try running.map { call, pid in
            try call.outcome(Program.wait(for: pid, timeout: .seconds(300), ["one of many"]))
        }
    }

    @Test func aHundredLiveAtOnce() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        let ids = (0..<100).map { scratch.id("\($0)") }
        let steps: [(String) -> [String]] = [
            { ["create", "--bundle", bundle.path.string, $0] }, { ["start", $0] }, { ["kill", $0, "KILL"] },
        ]
        for step in steps {
            for outcome in try atOnce(ids.map(step), in: scratch) { #expect(outcome.exitCode == 0, "\(outcome.error)") }
        }
        try eventually("all have stopped") {
            try ids.allSatisfy { try scratch.state($0).status == .stopped }
        }
        for outcome in try atOnce(ids.map { ["delete", $0] }, in: scratch) {
            #expect(outcome.exitCode == 0, "\(outcome.error)")
        }
        #expect(try Leftovers.find(scratch.mark, in: scratch) == [])
        #expect(try scratch.must("list", "--quiet").output == "")
    }

    @Test(arguments: TestBackend.allCases)
    func oneAfterTheOtherLeaveNothing(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        func mounts() throws -> Int {
            try HostFile.readStream("/proc/self/mountinfo", limit: 16 << 20).count { $0 == 0x0A }
        }
        func files() throws -> Int { try HostDirectory.entries(scratch.path).count }
        try HostDirectory.create(scratch.stateRoot)
        let before = try (mounts: mounts(), files: files())
        for _ in 0..<(Self.isSoak ? 1000 : 60) {
            for words in [
                ["create", "--bundle", bundle.path.string, scratch.id()], ["start", scratch.id()],
                ["kill", scratch.id(), "KILL"], ["delete", "--force", scratch.id()],
            ] {
                let outcome = try scratch.nexcage(words)
                #expect(outcome.exitCode == 0, "\(words) \(outcome.error)")
            }
        }
        #expect(try Leftovers.find(scratch.mark, in: scratch) == [])
        #expect(try files() == before.files)
        // Other tests mount too; a leak would be one for each round.
        #expect(try mounts() < before.mounts + 60)
        #expect(try HostDirectory.entries(scratch.stateRoot).filter { !$0.string.hasPrefix(".") } == [])
    }

    @Test(arguments: TestBackend.allCases)
    func whateverIsKilledAnywhereCanBeDeleted(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        var generator = SystemRandomNumberGenerator()
        for round in 0..<(Self.isSoak ? 200 : 30) {
            let id = scratch.id("\(round)")
            let delay = UInt32.random(in: 0..<(backend == .crun ? 8_000 : 40_000), using: &generator)
            let words = ["run", "--detach", "--bundle", bundle.path.string, id]
            let call = try Call(in: scratch.path, input: "")
            let pid = try call.start(scratch.program, scratch.globalFlags + words, directory: scratch.path)
            usleep(delay)
            kill(pid, SIGKILL)
            _ = try Program.wait(for: pid, timeout: .seconds(60), words)
            try expectTruth(id, in: scratch, "killed after \(delay) µs")
            let outcome = try scratch.nexcage("delete", "--force", id)
            #expect(outcome.exitCode == 0, "killed after \(delay) µs: \(outcome.error)")
            try eventually("nothing is left, killed after \(delay) µs") { try Leftovers.find(id, in: scratch) == [] }
        }
    }

    /// A state that says that a process runs names one that does.
    private func expectTruth(_ id: String, in scratch: Scratch, _ what: String) throws {
        let outcome = try scratch.nexcage("state", id)
        guard outcome.exitCode == 0 else { return }
        let state = try ContainerState.decode(Array(outcome.output.utf8))
        guard state.status == .running || state.status == .created else { return }
        let process = try ProcessIdentity(of: try #require(state.pid))
        #expect(process.isAlive, "\(what)")
    }

    @Test(arguments: TestBackend.allCases)
    func aFullDiskLeavesNothingHalfMade(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try HostDirectory.create(scratch.stateRoot)
        try LiveCommandRunner().succeed("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", scratch.stateRoot.string)
        try HostFile.replace(
            scratch.stateRoot.appending(".filler"), with: Array(repeating: 0, count: 4096), durability: .boot)
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode != 0)
        #expect(outcome.error.contains("no space left on device"))
        #expect(outcome.error.split(separator: "\n").count == 1)
        let left = try Leftovers.find(scratch.id(), in: scratch)
        #expect(left == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aReadOnlyStateRootIsToldOf(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try HostDirectory.create(scratch.stateRoot)
        try LiveCommandRunner().succeed("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", scratch.stateRoot.string)
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode != 0)
        #expect(outcome.error.contains("read-only file system"))
        #expect(outcome.error.split(separator: "\n").count == 1)
    }

    @Test(arguments: TestBackend.allCases)
    func aMissingControllerIsToldOf(_ backend: TestBackend) throws {
        // crun leaves the groups behind that it made before the missing one.
        if backend == .crun { try TestBackend.requireLibcrun() }
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            var resources = spec.linux?.resources ?? LinuxResources()
            var pids = LinuxPids()
            pids.limit = 7
            resources.pids = pids
            spec.linux?.resources = resources
        }
        // In a mount namespace of its own, so that the host keeps its controller.
        let words = scratch.globalFlags + ["run", "--bundle", bundle.path.string, scratch.id()]
        let outcome = try Program.shell.run(
            ["-c", "exec unshare --mount sh -c 'umount /sys/fs/cgroup/pids && exec \"$@\"' sh \"$@\"", "sh"]
                + [scratch.program.path.string] + words, in: scratch.path)
        #expect(outcome.exitCode != 0)
        #expect(outcome.error.split(separator: "\n").count == 1)
        let left = try Leftovers.find(scratch.id(), in: scratch)
        #expect(left == [])
    }
}
