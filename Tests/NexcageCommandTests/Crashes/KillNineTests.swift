import NexcageEngine
import NexcageSystem
import NexcageTesting
import OCISpec
import Testing

/// `kill -9` of nexcage between two steps: what is left is listed, and `delete --force` clears it.
@Suite struct KillNineTests {
    /// Steps that `create` and `run` of a bundle pass.
    private static let ofCreate: [DebugStop] = [.createReserved, .createBackendDone, .createRecorded]
    private static let ofRun: [DebugStop] = ofCreate + [.startBackendDone, .runStarted]

    private func expectDeath(_ outcome: Program.Outcome, _ sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(outcome.exitCode == 137, sourceLocation: sourceLocation)
    }

    /// Expects that the id is listed with one of the given states, and gone without a trace after a deletion by force.
    private func expectClearable(
        _ scratch: Scratch, _ statuses: [ContainerStatus], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let id = scratch.id()
        let entry = try scratch.must("list", "-f", "json").document().array?.first { $0["id"]?.string == id }
        let status = entry?["status"]?.string.flatMap { ContainerStatus(rawValue: $0) }
        #expect(
            status.map { statuses.contains($0) } == true, "listed as \(String(describing: entry))",
            sourceLocation: sourceLocation)
        expectSilence(try scratch.nexcage("delete", "--force", id), sourceLocation: sourceLocation)
        try eventually("nothing of \(id) is left") { try Leftovers.find(id, in: scratch).isEmpty }
        #expect(try scratch.must("list", "-q").output == "", sourceLocation: sourceLocation)
    }

    @Test(arguments: TestBackend.allCases, ofCreate)
    func inCreate(_ backend: TestBackend, step: DebugStop) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        expectDeath(
            try scratch.nexcage(
                ["create", "--bundle", bundle.path.string, scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(step.rawValue)"]))
        try expectClearable(scratch, step == .createRecorded ? [.created] : [.creating])
    }

    /// Init still holds the lock that its dead creator took; whoever comes next gets a new one.
    @Test(arguments: TestBackend.allCases)
    func aContainerWhoseCreatorDiedCanBeStarted(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        expectDeath(
            try scratch.nexcage(
                ["create", "--bundle", bundle.path.string, scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(DebugStop.createRecorded.rawValue)"]))
        try scratch.must("start", scratch.id())
        #expect(try scratch.must("state", scratch.id()).document()["status"]?.string == "running")
        try scratch.must("delete", "--force", scratch.id())
    }

    @Test(arguments: TestBackend.allCases, ofRun)
    func inADetachedRun(_ backend: TestBackend, step: DebugStop) throws {
        // Only a foreground run passes this step.
        guard step != .runStarted else { return }
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        expectDeath(
            try scratch.nexcage(
                ["run", "--detach", "--bundle", bundle.path.string, scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(step.rawValue)"]))
        try expectClearable(scratch, [.creating, .created, .running])
    }

    @Test(arguments: TestBackend.allCases, ofRun)
    func inAForegroundRun(_ backend: TestBackend, step: DebugStop) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        expectDeath(
            try scratch.nexcage(
                ["run", "--bundle", bundle.path.string, scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(step.rawValue)"]))
        try expectClearable(scratch, [.creating, .created, .running, .stopped])
    }

    @Test(arguments: TestBackend.allCases)
    func afterTheEndOfAForegroundRun(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "exit 0")
        expectDeath(
            try scratch.nexcage(
                ["run", "--bundle", bundle.path.string, scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(DebugStop.runEnded.rawValue)"]))
        try expectClearable(scratch, [.stopped])
    }

    @Test(arguments: TestBackend.allCases)
    func inStart(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        expectDeath(
            try scratch.nexcage(
                ["start", scratch.id()], environment: ["NEXCAGE_DEBUG_STOP=\(DebugStop.startBackendDone.rawValue)"]))
        // The record still says created, but the program runs.
        try expectClearable(scratch, [.running])
    }

    @Test(arguments: TestBackend.allCases, [["delete"], ["delete", "--force"]])
    func inDelete(_ backend: TestBackend, verb: [String]) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        try scratch.must("stop", "-t", "0", scratch.id())
        expectDeath(
            try scratch.nexcage(
                verb + [scratch.id()], environment: ["NEXCAGE_DEBUG_STOP=\(DebugStop.deleteBackendDone.rawValue)"]))
        try expectClearable(scratch, [.stopped])
    }

    @Test(arguments: TestBackend.allCases)
    func inADeletionByForceOfARunningContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        expectDeath(
            try scratch.nexcage(
                ["delete", "--force", scratch.id()],
                environment: ["NEXCAGE_DEBUG_STOP=\(DebugStop.deleteBackendDone.rawValue)"]))
        try expectClearable(scratch, [.stopped])
    }

    @Test(arguments: TestBackend.allCases, ofCreate)
    func theIdCanBeUsedAgain(_ backend: TestBackend, step: DebugStop) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.nexcage(
            ["create", "--bundle", bundle.path.string, scratch.id()],
            environment: ["NEXCAGE_DEBUG_STOP=\(step.rawValue)"])
        expectSilence(try scratch.nexcage("delete", "--force", scratch.id()))
        expectSilence(try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id()))
        #expect(try scratch.state(scratch.id()).status == .created)
    }
}
