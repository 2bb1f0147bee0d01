import NexcageSystem
import NexcageTesting
import OCISpec
import Testing

@Suite struct KillTests {
    /// Says so in a file when SIGTERM comes, and that it is ready to.
    private static let listening = """
        trap 'echo got > /got; exit 0' TERM
        echo ready > /ready
        while :; do sleep 0.05; done
        """

    @Test(
        arguments: TestBackend.allCases,
        [
            ["TERM"], ["SIGTERM"], ["sigterm"], ["term"], ["15"], ["--signal", "TERM"], ["--signal=15"],
            ["-s", "SIGTERM"], [],
        ])
    func aSignalIsNamedInManyWays(_ backend: TestBackend, words: [String]) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", Self.listening)
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        try eventually("the trap is set") { bundle.has("ready") }
        try expectSilence(scratch.nexcage(["kill", id] + words))
        try eventually("the container stops") { try scratch.state(id).status == .stopped }
        #expect(bundle.has("got"))
    }

    @Test(arguments: TestBackend.allCases)
    func flagsMayStandInFrontOfTheId(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        try expectSilence(scratch.nexcage("kill", "--signal", "KILL", scratch.id()))
        try eventually("the container stops") { try scratch.state(scratch.id()).status == .stopped }
    }

    @Test(arguments: TestBackend.allCases, ["--all", "-a"])
    func allReachesEveryProcess(_ backend: TestBackend, flag: String) throws {
        let scratch = try Scratch(backend)
        // The first process of a pid namespace is not ended by a signal that it has no handler for.
        let bundle = try TestBundle(in: scratch, "bundle", "(\(Self.listening)) & sleep 1000")
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        try eventually("the trap is set") { bundle.has("ready") }
        try expectSilence(scratch.nexcage("kill", flag, id, "TERM"))
        try eventually("the second process ends") { bundle.has("got") }
    }

    @Test(arguments: TestBackend.allCases)
    func aStoppedContainerIsNotRunning(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "exit 0")
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        try eventually("the container stops") { try scratch.state(id).status == .stopped }
        for words in [["kill", id, "9"], ["kill", "--all", id, "9"]] {
            let outcome = try scratch.nexcage(words)
            #expect(outcome.exitCode == 1)
            #expect(outcome.error.contains("container not running"))
        }
    }

    @Test(arguments: ["NOSUCH", "65", "-1", "SIGSIG", ""])
    func aSignalThatNobodyKnowsIsRefused(word: String) throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let outcome = try scratch.nexcage("kill", "--signal=\(word)", scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error == "nexcage: unknown signal \(quoted(word))\n")
        #expect(try scratch.state(scratch.id()).status == .created)
    }
}
