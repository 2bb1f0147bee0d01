import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct CommandTests {
    private let runner = LiveCommandRunner()

    private func shell(_ script: String) -> Command { Command("/bin/sh", ["-c", script]) }

    @Test func outputErrorAndExitCodeComeBack() throws {
        let result = try runner.run(shell("echo out; echo err >&2; exit 7"))
        #expect(result == CommandResult(exitCode: 7, output: Array("out\n".utf8), error: Array("err\n".utf8)))
    }

    @Test func aSignalIs128AndItsNumber() throws {
        #expect(try runner.run(shell("kill -9 $$")).exitCode == 137)
    }

    @Test func bothStreamsMayBeFull() throws {
        let result = try runner.run(
            shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo 9876543210 >&2; i=$((i+1)); done"))
        #expect(result.output.count == 220_000)
        // Only the tail is kept for the message.
        #expect(result.error.count == 64 << 10)
    }

    @Test func nothingOfTheCallersEnvironmentIsPassedOn() throws {
        let result = try runner.run(Command("/usr/bin/env", [], environment: ["A=1"]))
        #expect(String(decoding: result.output, as: UTF8.self) == "A=1\n")
    }

    @Test func argumentsAreNoShellWords() throws {
        let result = try runner.run(Command("/bin/echo", ["a  b", "$HOME", ";", "*"]))
        #expect(String(decoding: result.output, as: UTF8.self) == "a  b $HOME ; *\n")
    }

    @Test func standardInputIsEmpty() throws {
        #expect(try runner.run(shell("cat")).output == [])
    }

    @Test func aProgramThatTakesTooLongIsKilled() {
        var command = Command("/bin/sleep", ["1000"])
        command.timeout = .milliseconds(50)
        #expect(throws: NexcageError(.busy, "sleep 1000 did not end in time and was killed")) {
            try runner.run(command)
        }
    }

    @Test func aMissingProgramIsNamed() {
        #expect(throws: NexcageError(.unavailable, #"program "/no/such/program" is not installed"#)) {
            try runner.run(Command("/no/such/program", []))
        }
        #expect(throws: NexcageError(.unavailable, #"program "no-such-program" is not installed"#)) {
            try Command.locate("no-such-program")
        }
        #expect(throws: NexcageError(.unavailable, #"program "/etc/passwd" does not exist or is not executable"#)) {
            try Command.locate("/etc/passwd")
        }
    }

    @Test func aProgramIsFoundByNameAndByPath() throws {
        #expect(try Command.locate("/bin/sh") == "/bin/sh")
        #expect(try Command.locate("sh").lastComponent == "sh")
    }

    @Test func checkTellsTheLastLineOfStandardError() {
        let error = #expect(throws: NexcageError.self) {
            try runner.check(Command("/bin/sh", ["-c", "echo first >&2; printf 'the rea\\033son\\n\\n' >&2; exit 3"]))
        }
        #expect(error?.code == .failed)
        #expect(error?.message.hasSuffix(": the reason") == true)
        let silent = #expect(throws: NexcageError.self) { try runner.check(Command("/bin/false", [])) }
        #expect(silent?.message == "false: exit code 1")
    }

    @Test func theTitleIsProgramAndVerb() {
        #expect(Command("/usr/sbin/runc", ["--debug", "create", "web"]).title == "runc create")
        #expect(Command("/bin/true", []).title == "true")
    }
}
