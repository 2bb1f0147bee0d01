import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

/// nexcage judged by the text of the runtime specification, on every backend (docs/conformance.md).
@Suite(.serialized) struct ConformanceTests {
    private static let known = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().appending("Conformance/known")

    @Test(arguments: TestBackend.allCases)
    func nothingFailsButWhatIsKnown(backend: TestBackend) throws {
        // The list of known failures is that of libcrun with our additions.
        if backend == .crun { try TestBackend.requireLibcrun() }
        let scratch = try Scratch(backend)
        let judged = "nexcage-\(backend)=\(Program.nexcage.path) --config \(scratch.path)/configuration.json"
        var program = Program.conformance
        program.environment.append("NEXCAGE_RUNTIME_DATA_PATH=\(scratch.dataRoot)")
        let outcome = try program.run(
            ["--runtime", "\(judged) --runtime \(backend)", "--known", Self.known.string], in: scratch.path,
            timeout: .seconds(600))
        // The last lines name the cases that failed, or passed though they were known to fail.
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.exitCode == 0, "\(lines.suffix(3).joined(separator: "\n")) \(outcome.error)")
        #expect(lines.contains { $0.hasPrefix("# passed ") }, "the run did not come to its end")
    }

    @Test func aFailureThatIsNotKnownIsTold() throws {
        let scratch = try Scratch()
        let outcome = try Program.conformance.run(
            ["--runtime", "/bin/false", "--only", "state-version"], in: scratch.path)
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("\nnot ok 1 - state-version: "))
        #expect(outcome.output.contains("\n# failed: state-version"))
    }

    @Test func aKnownFailureThatPassesIsTold() throws {
        let scratch = try Scratch()
        let list = try scratch.write("state-of-nothing: it is not known why\n", to: "known.txt")
        let outcome = try Program.conformance.run(
            ["--runtime", "/bin/false", "--only", "state-of-nothing", "--known", list.string], in: scratch.path)
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("take it off the list: state-of-nothing"))
    }

    @Test func aListWithAnUnknownCaseIsRefused() throws {
        let scratch = try Scratch()
        let list = try scratch.write("no-such-case: reason\n", to: "known.txt")
        let outcome = try Program.conformance.run(
            ["--runtime", "/bin/false", "--known", list.string], in: scratch.path)
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("is not a case with a reason"))
    }
}
