import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `--log` and `--log-format`, by which engines learn what went wrong.
@Suite struct LogTests {
    private func log(in scratch: Scratch) throws -> [JSONValue] {
        try HostFile.read(scratch.path.appending("log.json")).split(separator: UInt8(ascii: "\n")).map { line in
            try JSONValue.decode(Array(line))
        }
    }

    private func flags(_ scratch: Scratch) -> [String] {
        ["--log", scratch.path.appending("log.json").string, "--log-format", "json"]
    }

    @Test(arguments: TestBackend.allCases)
    func theLastLineOfTheLogIsTheErrorOfStandardError(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            spec.mounts.append(MountSpec(destination: "/x", type: "bind", source: "/no/such/source", options: ["bind"]))
        }
        for words in [["create", "--bundle", bundle.path.string, scratch.id()], ["state", "web"], ["delete", "web"]] {
            let outcome = try scratch.nexcage(flags(scratch) + words)
            #expect(outcome.exitCode != 0)
            let last = try #require(log(in: scratch).last)
            #expect(last["level"]?.string == "error")
            let message = last["msg"]?.string ?? "no message"
            #expect(outcome.error.isOneLine)
            if backend.isProgram, words[0] == "create" {
                // The program has told it itself; the log says who failed at what.
                #expect(message.hasSuffix(": \(outcome.error.dropLast())"))
            } else {
                #expect(outcome.error == "nexcage: \(message)\n")
            }
            #expect(last["time"]?.string.flatMap { Timestamp($0) } != nil)
            #expect(last["code"]?.string != nil)
        }
    }

    @Test func anErrorInTheConfigurationIsLoggedToo() throws {
        let scratch = try Scratch()
        try scratch.write(#"{"default_runtim": "crun"}"#, to: "configuration.json")
        #expect(try scratch.nexcage(flags(scratch) + ["state", "web"]).exitCode != 0)
        #expect(try log(in: scratch).last?["msg"]?.string?.contains("unknown key \"default_runtim\"") == true)
    }

    @Test(arguments: TestBackend.allCases)
    func aCapabilityThatDoesNotExistIsAWarning(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { $0.process?.capabilities?.bounding.append("CAP_NOSUCH") }
        let outcome = try scratch.nexcage(flags(scratch) + ["create", "--bundle", bundle.path.string, scratch.id()])
        #expect(outcome.exitCode == 0)
        let warning = try #require(log(in: scratch).first { $0["level"]?.string == "warning" })
        #expect(warning["msg"]?.string == "the capability \"CAP_NOSUCH\" does not exist and is not granted")
    }

    @Test func wrongUseIsLoggedToo() throws {
        let scratch = try Scratch()
        let outcome = try scratch.nexcage(flags(scratch) + ["crate", "web"])
        #expect(outcome.exitCode == 2)
        #expect(try log(in: scratch).last?["code"]?.string == "usage")
    }

    @Test(arguments: TestBackend.allCases)
    func everyLineOfADebugLogIsADocument(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let flags = flags(scratch) + ["--debug"]
        for words in [
            ["create", "--bundle", bundle.path.string, scratch.id()], ["start", scratch.id()],
            ["delete", "--force", scratch.id()],
        ] {
            expectSilence(try scratch.nexcage(flags + words))
        }
        let lines = try log(in: scratch)
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0["level"]?.string != "error" })
    }

    @Test func theTextFormIsRuncs() throws {
        let scratch = try Scratch()
        let file = scratch.path.appending("log")
        let outcome = try scratch.nexcage("--log", file.string, "state", "web")
        #expect(outcome.exitCode == 3)
        let text = String(decoding: try HostFile.read(file), as: UTF8.self)
        #expect(text.isOneLine)
        #expect(text.hasPrefix("time=\""))
        #expect(text.contains(#" level=error msg="container \"web\" does not exist""#))
    }

    @Test func withoutAFileTheDocumentIsOnStandardError() throws {
        let scratch = try Scratch()
        let outcome = try scratch.nexcage("--log-format=json", "state", "web")
        #expect(outcome.error.isOneLine)
        #expect(try JSONValue.decode(Array(outcome.error.utf8))["msg"]?.string == "container \"web\" does not exist")
    }

    @Test func aLogThatCannotBeOpenedIsAnError() throws {
        let scratch = try Scratch()
        let outcome = try scratch.nexcage("--log", "/no/such/folder/log", "list")
        #expect(outcome.exitCode == 3)
        #expect(outcome.error == "nexcage: open log \"/no/such/folder/log\": no such file or directory\n")
    }
}
