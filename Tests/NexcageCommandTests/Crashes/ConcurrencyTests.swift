import NexcageSystem
import NexcageTesting
import OCISpec
import Testing

/// Many calls of nexcage at once on one state root.
@Suite struct ConcurrencyTests {
    private static let count = 20

    /// Starts a call for each list of words before it waits for the first of them.
    private func atOnce(_ calls: [[String]], in scratch: Scratch) throws -> [Program.Outcome] {
        let running = try calls.map { words in
            let call = try Call(in: scratch.path, input: "")
            return (
                call: call, pid: try call.start(scratch.program, scratch.globalFlags + words, directory: scratch.path)
            )
        }
        return try zip(running, calls).map { running, words in
            let exitCode = try Program.wait(for: running.pid, timeout: .seconds(120), words)
            return try running.call.outcome(exitCode)
        }
    }

    @Test(arguments: TestBackend.allCases)
    func ofManyWhoCreateOneIdExactlyOneWins(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let words = ["create", "--bundle", bundle.path.string, scratch.id()]
        let outcomes = try atOnce(Array(repeating: words, count: Self.count), in: scratch)
        #expect(outcomes.count { $0.exitCode == 0 } == 1)
        for loser in outcomes where loser.exitCode != 0 {
            #expect(loser.exitCode == 1)
            #expect(loser.error.contains("already exists"))
        }
        #expect(try scratch.state(scratch.id()).status == .created)
        expectSilence(try scratch.nexcage("delete", "--force", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func manyLifeCyclesDoNotDisturbEachOther(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let ids = (0..<Self.count).map { scratch.id("\($0)") }
        for verb in [["create", "--bundle", bundle.path.string], ["start"], ["state"], ["kill", "--signal=KILL"]] {
            for outcome in try atOnce(ids.map { verb + [$0] }, in: scratch) {
                #expect(outcome.exitCode == 0)
                #expect(outcome.error == "")
            }
        }
        try eventually("all have stopped") {
            try scratch.must("list", "-f", "json").document().array?.allSatisfy { $0["status"]?.string == "stopped" }
                == true
        }
        for outcome in try atOnce(ids.map { ["delete", $0] }, in: scratch) { expectSilence(outcome) }
        #expect(try scratch.must("list", "-q").output == "")
        // What all ids have in common.
        #expect(try Leftovers.find(scratch.mark, in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func ofManyWhoStartAContainerExactlyOneDoes(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "echo started >> /starts; sleep 1000")
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let outcomes = try atOnce(Array(repeating: ["start", scratch.id()], count: 8), in: scratch)
        #expect(outcomes.count { $0.exitCode == 0 } == 1)
        try eventually("the program runs") { bundle.has("starts") }
        #expect(try bundle.text("starts") == "started")
    }

    @Test(arguments: TestBackend.allCases)
    func whoeverDeletesByForceSucceeds(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        for outcome in try atOnce(Array(repeating: ["delete", "--force", scratch.id()], count: 8), in: scratch) {
            expectSilence(outcome)
        }
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
