import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// A bundle or configuration that cannot be used: told in one line, with nothing left behind.
@Suite struct BundleInputTests {
    /// Creates, and expects that it fails in one line and leaves nothing.
    private func refusal(
        in scratch: Scratch, _ bundle: FilePath, _ flags: [String] = [], toldByRuntime: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Program.Outcome {
        let outcome = try scratch.nexcage(["create"] + flags + ["--bundle", bundle.string, scratch.id()])
        #expect(outcome.exitCode != 0, sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        #expect(outcome.error.isOneLine, sourceLocation: sourceLocation)
        // A runtime program writes its own line to the standard error that the container gets, and that one is enough.
        let prefix = toldByRuntime ? "" : "nexcage: create container \"\(scratch.id())\": "
        #expect(outcome.error.hasPrefix(prefix), sourceLocation: sourceLocation)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [], sourceLocation: sourceLocation)
        return outcome
    }

    @Test(arguments: TestBackend.allCases)
    func aMissingBundle(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let outcome = try refusal(in: scratch, "/nowhere/at/all")
        #expect(outcome.exitCode == 3)
        #expect(outcome.error.hasSuffix("bundle \"/nowhere/at/all\" is not a directory\n"))
    }

    @Test(arguments: TestBackend.allCases)
    func aBundleWithoutDocument(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let outcome = try refusal(in: scratch, scratch.path)
        #expect(outcome.exitCode == 3)
        #expect(outcome.error.hasSuffix("has no config.json; make one with nexcage spec\n"))
    }

    @Test(arguments: TestBackend.allCases)
    func brokenJSONIsToldWithLineAndKey(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        try scratch.write("{\n\"ociVersion\": \"1.0.2\",\n\"process\": {\n\"args\": [1]}}", to: "config.json")
        let outcome = try refusal(in: scratch, scratch.path)
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("config.json"))
        #expect(outcome.error.contains("line 4"))
        #expect(outcome.error.contains("process.args[0]"))
    }

    @Test(arguments: TestBackend.allCases)
    func aMissingRoot(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try HostDirectory.removeTree(bundle.root)
        let outcome = try refusal(in: scratch, bundle.path)
        #expect(outcome.exitCode == 3)
        #expect(outcome.error.hasSuffix("root file system \(quoted(bundle.root.string)) is not a directory\n"))
    }

    @Test(arguments: TestBackend.allCases)
    func aDocumentThatTheBackendRefuses(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            spec.mounts.append(MountSpec(destination: "/x", type: "bind", source: "/no/such/source", options: ["bind"]))
        }
        let outcome = try refusal(in: scratch, bundle.path, toldByRuntime: backend.isProgram)
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("/no/such/source"))
    }

    @Test(arguments: TestBackend.allCases)
    func anIdInUseStaysWithItsOwner(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let before = try scratch.state(scratch.id())
        let second = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(second.exitCode == 1)
        #expect(second.error.isOneLine)
        #expect(second.error.contains("container with id \"\(scratch.id())\" already exists"))
        #expect(try scratch.state(scratch.id()) == before)
    }

    @Test(
        arguments: [
            ("rnuc", 1, #"unknown runtime "rnuc"; did you mean "runc"? (known: crun, runc)"#),
            ("proxmox-lxc", 1, #"runtime "proxmox-lxc" is not part of this version of nexcage"#),
        ] as [(String, Int32, String)])
    func aBackendThatIsNotThere(name: String, code: Int32, message: String) throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        let outcome = try refusal(in: scratch, bundle.path, ["--runtime", name])
        #expect(outcome.exitCode == code)
        #expect(outcome.error.hasSuffix("\(message)\n"))
    }

    @Test func aBackendWhoseProgramIsMissingSaysWhatToDo() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        try scratch.write(#"{"runtimes": {"youki": {"path": "/no/such/youki"}}}"#, to: "configuration.json")
        let outcome = try refusal(in: scratch, bundle.path, ["--runtime", "youki"])
        #expect(outcome.exitCode == 5)
        #expect(
            outcome.error.hasSuffix(
                "runtime \"youki\": program \"/no/such/youki\" does not exist or is not executable; install it or name its path"
                    + " in runtimes.youki.path\n"))
    }

    @Test func aFallbackIsTakenOnlyWhereTheConfigurationListsIt() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        try scratch.write(
            #"{"fallback": ["crun"], "runtimes": {"youki": {"path": "/no/such/youki"}}}"#, to: "configuration.json")
        let outcome = try scratch.must("create", "--runtime", "youki", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.error.contains("level=warning"))
        #expect(outcome.error.contains("using its fallback"))
        #expect(try scratch.must("list", "-f", "json").document().array?.first?["backend"]?.string == "crun")
    }

    @Test func aTypingErrorInTheConfigurationStopsEveryVerb() throws {
        let scratch = try Scratch()
        let file = try scratch.write("{\n  \"storage\": {\"drivr\": \"overlay\"}\n}", to: "configuration.json")
        for words in [["list"], ["state", "web"], ["create", "--bundle", "/x", "web"]] {
            let outcome = try scratch.nexcage(words)
            #expect(outcome.exitCode == 1)
            #expect(outcome.output == "")
            #expect(
                outcome.error
                    == "nexcage: configuration \(quoted(file.string)): unknown key \"storage.drivr\"; did you mean \"storage.driver\"?\n"
            )
        }
        try scratch.write("{}", to: "configuration.json")
    }
}
