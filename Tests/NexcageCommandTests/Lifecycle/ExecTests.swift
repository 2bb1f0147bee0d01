import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

@Suite struct ExecTests {
    /// A running container in a place of its own.
    private func running(_ backend: TestBackend) throws -> (scratch: Scratch, bundle: TestBundle, id: String) {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        return (scratch, bundle, scratch.id())
    }

    @Test(arguments: TestBackend.allCases, [0, 1, 42, 255] as [Int32])
    func theExitCodeIsTheProcesss(_ backend: TestBackend, code: Int32) throws {
        let (scratch, _, id) = try running(backend)
        let outcome = try scratch.nexcage("exec", id, "sh", "-c", "echo out; echo err >&2; exit \(code)")
        #expect(outcome.exitCode == code)
        #expect(outcome.output == "out\n")
        #expect(outcome.error == "err\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aSignalIs128AndItsNumber(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        #expect(try scratch.nexcage("exec", id, "sh", "-c", "kill -9 $$").exitCode == 137)
    }

    @Test(arguments: TestBackend.allCases)
    func environmentDirectoryAndUser(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        let outcome = try scratch.nexcage(
            "exec", "-e", "FIRST=1", "--env", "SECOND=two words", "--cwd", "/tmp", "--user", "1000:1001", "-g", "2000",
            id,
            "sh", "-c", "echo $FIRST; echo $SECOND; pwd; id -u; id -g; id -G; echo $TERM")
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "1\ntwo words\n/tmp\n1000\n1001\n1001 2000\nxterm\n")
        #expect(outcome.error == "")
    }

    @Test(arguments: TestBackend.allCases)
    func flagsBehindTheIdBelongToTheProgram(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        #expect(try scratch.nexcage("exec", id, "echo", "-e", "A=1", "--help").output == "A=1 --help\n")
        #expect(try scratch.nexcage("exec", "--", id, "echo", "-d").output == "-d\n")
    }

    @Test(arguments: TestBackend.allCases)
    func standardInputReachesIt(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        #expect(try scratch.nexcage("exec", id, "cat", input: "from outside\n").output == "from outside\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aDetachedOneWritesItsPidFile(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        let file = scratch.path.appending("exec.pid")
        let outcome = try scratch.nexcage("exec", "-d", "--pid-file", file.string, id, "sleep", "1000")
        expectSilence(outcome)
        let pid = Int64(String(decoding: try HostFile.read(file), as: UTF8.self))
        let processes = try scratch.must("ps", "--format", "json", id).document().array
        #expect(processes?.contains { $0.integer == pid } == true)
        #expect(processes?.count == 2)
    }

    @Test(arguments: TestBackend.allCases, ["--process", "-p"])
    func aProcessFileSaysItAll(_ backend: TestBackend, flag: String) throws {
        let (scratch, _, id) = try running(backend)
        var process = ProcessSpec()
        process.args = ["sh", "-c", "pwd; id -u; echo $A; exit 5"]
        process.cwd = "/tmp"
        process.env = ["PATH=/bin", "A=b"]
        process.user.uid = 7
        let file = try scratch.write(String(decoding: process.encoded(), as: UTF8.self), to: "process.json")
        let outcome = try scratch.nexcage("exec", flag, file.string, id)
        #expect(outcome.exitCode == 5)
        #expect(outcome.output == "/tmp\n7\nb\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aMissingProgramIs127AndOneThatCannotRun126(_ backend: TestBackend) throws {
        let (scratch, bundle, id) = try running(backend)
        let missing = try scratch.nexcage("exec", id, "/no/such/program")
        #expect(missing.exitCode == 127)
        #expect(missing.error.isOneLine)
        try HostFile.replace(bundle.root.appending("plain"), with: Array("text".utf8), mode: 0o644, durability: .boot)
        let plain = try scratch.nexcage("exec", id, "/plain")
        #expect(plain.exitCode == 126)
        #expect(plain.error.isOneLine)
    }

    @Test(arguments: TestBackend.allCases)
    func aStoppedOrPausedContainerRefuses(_ backend: TestBackend) throws {
        let (scratch, _, id) = try running(backend)
        try scratch.must("pause", id)
        let paused = try scratch.nexcage("exec", id, "true")
        #expect(paused.exitCode == 125)
        #expect(paused.error == "nexcage: cannot exec in a paused container (use --ignore-paused to override)\n")
        try scratch.must("resume", id)
        try scratch.must("stop", "-t", "0", id)
        let stopped = try scratch.nexcage("exec", id, "true")
        #expect(stopped.exitCode == 125)
        #expect(stopped.error == "nexcage: cannot exec in a stopped container\n")
    }
}

extension String {
    /// Whether the text is exactly one line with its newline.
    var isOneLine: Bool { hasSuffix("\n") && dropLast().allSatisfy { $0 != "\n" } && count > 1 }
}
