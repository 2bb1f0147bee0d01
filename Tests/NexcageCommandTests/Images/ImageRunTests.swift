import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `run IMAGE` in the foreground.
@Suite struct ImageRunTests {
    @Test(arguments: TestBackend.allCases, TestImage.Form.allCases)
    func everyFormRunsAndLeavesNothing(_ backend: TestBackend, form: TestImage.Form) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        // A directory has no configuration, and so neither entrypoint nor PATH of its own.
        let outcome = try scratch.nexcage(
            "run", "--rm", "--name", scratch.id(), "--entrypoint", "/bin/sh", try image.reference(form), "-c",
            "echo out; echo err >&2; exit 7")
        #expect(outcome.exitCode == 7)
        #expect(outcome.output == "out\n")
        #expect(outcome.error == "err\n")
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
        #expect(try scratch.must("list", "-q").output == "")
    }

    @Test func theImageSaysWhatRunsAndWhere() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        #expect(try scratch.must("run", "--rm", image.reference()).output == "hello world again\n")
        #expect(try scratch.must("run", "--rm", image.reference(), "you").output == "hello world you\n")
        #expect(try scratch.must("run", "--rm", "--entrypoint", "/bin/pwd", image.reference()).output == "/app\n")
    }

    @Test func flagsAreOverTheImage() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try scratch.must(
            "run", "--rm", "-e", "GREETED=moon", "--env", "B=2", "-w", "/tmp", "-u", "1000:1001", "--hostname", "box",
            "--entrypoint", "/bin/sh", try image.reference(), "-c", "echo $GREETED $B; pwd; id -u; id -g; hostname")
        #expect(outcome.output == "moon 2\n/tmp\n1000\n1001\nbox\n")
        #expect(outcome.error == "")
    }

    @Test func flagsBehindTheImageBelongToTheContainer() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try scratch.must("run", "--rm", image.reference(), "--rm", "-e", "A=1", "--", "--help")
        #expect(outcome.output == "hello world --rm -e A=1 -- --help\n")
    }

    @Test func volumesAreReadableAndWritableUnlessReadOnly() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let shared = scratch.path.appending("shared")
        try HostDirectory.create(shared)
        try HostFile.replace(shared.appending("in"), with: Array("from the host\n".utf8), durability: .boot)
        let script = "cat /one/in; echo x > /one/out; echo x > /two/out2 || echo refused"
        let outcome = try scratch.nexcage(
            "run", "--rm", "-v", "\(shared):/one", "-v", "\(shared):/two:ro", "--entrypoint", "/bin/sh",
            try image.reference(), "-c", script)
        #expect(outcome.output == "from the host\nrefused\n")
        #expect(HostFile.exists(shared.appending("out")))
        #expect(!HostFile.exists(shared.appending("out2")))
    }

    @Test func aReadOnlyRootRefusesWrites() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try scratch.nexcage(
            "run", "--rm", "--read-only", "--entrypoint", "/bin/sh", try image.reference(), "-c",
            "echo x > /file || exit 9")
        #expect(outcome.exitCode == 9)
    }

    @Test func standardInputNeedsItsFlag() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let words = ["--entrypoint", "/bin/cat", try image.reference()]
        #expect(try scratch.nexcage(["run", "--rm", "-i"] + words, input: "typed\n").output == "typed\n")
        #expect(try scratch.nexcage(["run", "--rm"] + words, input: "typed\n").output == "")
    }

    @Test func aTerminalIsThePersonsOwn() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let terminal = try PseudoTerminal(rows: 21, columns: 43)
        let words = [
            "run", "--rm", "-it", "--entrypoint", "/bin/sh", try image.reference(), "-c",
            "read x; stty size; echo \"got $x\"; exit 4",
        ]
        let pid = try scratch.program.spawn(
            scratch.globalFlags + words, directory: scratch.path, terminal.program, terminal.program, terminal.program,
            newSession: true)
        try terminal.type("hello\n")
        #expect(try terminal.read(upTo: "got hello\r\n").hasSuffix("21 43\r\ngot hello\r\n"))
        #expect(try Program.wait(for: pid, timeout: .seconds(30), words) == 4)
    }

    @Test func aProgramThatIsMissingIs127() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try scratch.nexcage(
            "run", "--rm", "--name", scratch.id(), "--entrypoint", "/no/such/program", try image.reference())
        #expect(outcome.exitCode == 127)
        #expect(outcome.error.isOneLine)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func withoutRmTheStoppedContainerStays() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        try scratch.must("run", "--name", scratch.id(), image.reference())
        #expect(try scratch.state(scratch.id()).status == .stopped)
        expectSilence(try scratch.nexcage("delete", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func aConfigurationInTheWorkingDirectoryMeansABundle() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch, "bundle", "echo from the bundle")
        let image = try TestImage(in: scratch)
        #expect(try scratch.nexcage("run", scratch.id(), directory: bundle.path).output == "from the bundle\n")
        #expect(try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id()).output == "from the bundle\n")
        #expect(try scratch.nexcage("run", "--rm", try image.reference()).output == "hello world again\n")
    }
}
