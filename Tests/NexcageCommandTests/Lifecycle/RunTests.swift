import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `run` of a bundle.
@Suite struct RunTests {
    @Test(arguments: TestBackend.allCases, [("exit 0", 0), ("exit 42", 42), ("kill -9 $$", 137)] as [(String, Int32)])
    func inTheForegroundTheExitCodeIsTheContainers(_ backend: TestBackend, _ end: (script: String, code: Int32)) throws
    {
        let scratch = try Scratch(backend)
        // The first process of a pid namespace cannot be killed from within, so the host's is shared.
        let bundle = try TestBundle(in: scratch, "bundle", "echo out; echo err >&2; \(end.script)") { spec in
            spec.linux?.namespaces.removeAll { $0.kind == .pid }
        }
        let outcome = try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == end.code)
        #expect(outcome.output == "out\n")
        #expect(outcome.error == "err\n")
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func theWorkingDirectoryMayBeTheBundle(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "cat")
        let outcome = try scratch.nexcage("run", scratch.id(), input: "through\n", directory: bundle.path)
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "through\n")
        #expect(outcome.error == "")
    }

    @Test(arguments: TestBackend.allCases)
    func detachedItReturnsAtOnce(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let file = scratch.path.appending("pid")
        let outcome = try scratch.nexcage(
            "run", "--detach", "--pid-file", file.string, "--bundle", bundle.path.string, scratch.id())
        expectSilence(outcome)
        let state = try scratch.state(scratch.id())
        #expect(state.status == .running)
        #expect(String(decoding: try HostFile.read(file), as: UTF8.self) == "\(state.pid ?? 0)")
    }

    @Test(arguments: TestBackend.allCases)
    func keepLeavesTheStoppedContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "exit 3")
        #expect(try scratch.nexcage("run", "--keep", "--bundle", bundle.path.string, scratch.id()).exitCode == 3)
        #expect(try scratch.state(scratch.id()).status == .stopped)
        try expectSilence(scratch.must("delete", scratch.id()))
    }

    @Test(arguments: TestBackend.allCases, [(["/no/such/program"], 127), (["/etc"], 126)] as [([String], Int32)])
    func aProgramThatCannotRunLeavesNothing(_ backend: TestBackend, _ call: (args: [String], code: Int32)) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { $0.process?.args = call.args }
        let outcome = try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == call.code)
        #expect(outcome.output == "")
        #expect(outcome.error.isOneLine)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func preservedDescriptorsReachTheContainerAndNoOthers(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "cat <&3; ls /proc/self/fd")
        let file = try scratch.write("passed\n", to: "passed")
        // ls itself has its directory open, as the lowest number that is free.
        let outcome = try Program.shell.run(
            ["-c", "exec 3<\"$0\" 4<\"$0\" 9<\"$0\"; exec \"$@\"", file.string, scratch.program.path.string]
                + scratch.globalFlags + ["run", "--preserve-fds", "1", "--bundle", bundle.path.string, scratch.id()],
            in: scratch.path)
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "passed\n0\n1\n2\n3\n4\n")
        #expect(outcome.error == "")
    }

    @Test(arguments: TestBackend.allCases)
    func noDescriptorLeaksWithoutBeingAskedFor(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "ls /proc/self/fd")
        let outcome = try Program.shell.run(
            ["-c", "exec 3</dev/null 5</dev/null 9</dev/null; exec \"$@\"", "sh", scratch.program.path.string]
                + scratch.globalFlags + ["run", "--bundle", bundle.path.string, scratch.id()], in: scratch.path)
        #expect(outcome.output == "0\n1\n2\n3\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aSignalToTheForegroundRunReachesTheContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(
            in: scratch, "bundle", "trap 'exit 9' TERM; echo ready > /ready; while :; do sleep 0.05; done")
        let words = ["run", "--bundle", bundle.path.string, scratch.id()]
        let call = try Call(in: scratch.path, input: "")
        let pid = try call.start(scratch.program, scratch.globalFlags + words, directory: scratch.path)
        try eventually("the trap is set") { bundle.has("ready") }
        try ProcessIdentity(of: pid).send(.terminate)
        #expect(try Program.wait(for: pid, timeout: .seconds(30), words) == 9)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
