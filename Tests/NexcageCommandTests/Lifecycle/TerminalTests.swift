import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

@Suite struct TerminalTests {
    private func bundle(in scratch: Scratch, _ script: String) throws -> TestBundle {
        try TestBundle(in: scratch, "bundle", script) { $0.process?.terminal = true }
    }

    @Test(arguments: TestBackend.allCases)
    func aConsoleSocketReceivesTheTerminal(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try bundle(in: scratch, "test -t 0 && echo on a terminal; read line; echo \"got $line\"")
        let socket = try ConsoleSocket(in: scratch.path)
        try scratch.must(
            "create", "--bundle", bundle.path.string, "--console-socket", socket.path.string, scratch.id())
        let master = try socket.receive()
        try scratch.must("start", scratch.id())
        #expect(try master.descriptor.read(upTo: "terminal\r\n") == "on a terminal\r\n")
        try master.descriptor.writeAll(Array("hello\n".utf8), name: "terminal")
        #expect(try master.descriptor.read(upTo: "got hello\r\n").hasSuffix("got hello\r\n"))
    }

    @Test(arguments: TestBackend.allCases)
    func execSendsItsTerminalToo(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        let socket = try ConsoleSocket(in: scratch.path)
        try scratch.must(
            "exec", "--detach", "--tty", "--console-socket", socket.path.string, scratch.id(), "sh", "-c",
            "test -t 1 && echo on a terminal; sleep 1000")
        let master = try socket.receive()
        #expect(try master.descriptor.read(upTo: "terminal\r\n") == "on a terminal\r\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aForegroundRunIsAtThePersonsTerminal(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try bundle(in: scratch, "read first; stty size; echo \"got $first\"; exit 3")
        let terminal = try PseudoTerminal(rows: 33, columns: 77)
        let words = ["run", "--bundle", bundle.path.string, scratch.id()]
        let pid = try scratch.program.spawn(
            scratch.globalFlags + words, directory: scratch.path, terminal.program, terminal.program, terminal.program,
            newSession: true)
        try terminal.type("hello\n")
        let seen = try terminal.read(upTo: "got hello\r\n")
        #expect(seen.split(separator: "33 77\r\n", omittingEmptySubsequences: false).count == 2)
        #expect(try Program.wait(for: pid, timeout: .seconds(30), words) == 3)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aDetachedTerminalNeedsASocket(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try bundle(in: scratch, "true")
        for verb in [["create"], ["run", "--detach"]] {
            let outcome = try scratch.nexcage(verb + ["--bundle", bundle.path.string, scratch.id()])
            #expect(outcome.exitCode != 0)
            #expect(outcome.error.contains("cannot allocate tty if runc will detach without setting console socket"))
            #expect(outcome.error.isOneLine)
        }
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
