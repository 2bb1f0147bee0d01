import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// The verbs that are about the host and about documents, not about one container.
@Suite struct HostVerbTests {
    @Test func featuresIsTheSpecificationsDocument() throws {
        let scratch = try Scratch()
        let outcome = try scratch.must("features")
        #expect(outcome.error == "")
        let document = try outcome.document()
        #expect(document["ociVersionMin"]?.string == "1.0.0")
        #expect(document["hooks"]?.array?.contains(.string("poststop")) == true)
        #expect(document["linux"]?["namespaces"]?.array?.contains(.string("pid")) == true)
        let verbs = document["annotations"]?["io.nexcage.backend.crun.verbs"]?.string?.split(separator: ",")
        for verb in ["create", "exec", "pause", "update", "ps", "events", "checkpoint"] {
            #expect(verbs?.contains(Substring(verb)) == true)
        }
    }

    @Test func featuresSayWhatEachBackendDoes() throws {
        try TestBackend.requireLibcrun()
        let outcome = try Scratch().must("features")
        let features = try Features.decode(Array(outcome.output.utf8))
        #expect(features.ociVersionMax == "1.3.0")
        #expect(features.hooks?.count == 6)
        let options = try #require(features.mountOptions)
        #expect(options == options.sorted())
        for option in ["bind", "rro", "idmap", "tmpcopyup"] { #expect(options.contains(option)) }
        let linux = try #require(features.linux)
        #expect(linux.namespaces == ["cgroup", "ipc", "mount", "network", "pid", "time", "user", "uts"])
        #expect(linux.mountExtensions?.idmap?.enabled == true)
        #expect(linux.memoryPolicy?.modes?.contains("MPOL_BIND") == true)
        #expect(linux.seccomp?.archs?.contains("SCMP_ARCH_X86_64") == true)
        #expect(linux.seccomp?.supportedFlags?.contains("SECCOMP_FILTER_FLAG_LOG") == true)
        for member in [linux.apparmor?.enabled, linux.selinux?.enabled, linux.netDevices?.enabled] {
            #expect(member != nil)
        }
        // What is refused and what is on offer must not contradict each other.
        let refused = try #require(features.annotations["io.nexcage.backend.crun.refuses"]).split(separator: ",")
        #expect(refused.contains("linux.netDevices") == (linux.netDevices?.enabled == false))
        #expect(refused.contains("linux.intelRdt") == (linux.intelRdt?.enabled == false))
        #expect(refused.contains("linux.resources.rdma") == (linux.cgroup?.rdma == false))
    }

    @Test func infoNamesBackendsAndPaths() throws {
        let scratch = try Scratch()
        let document = try scratch.must("info", "--format", "json").document()
        #expect(document["stateRoot"]?.string == scratch.stateRoot.string)
        #expect(document["dataRoot"]?.string == scratch.dataRoot.string)
        let libcrun = document["libcrun"]?.string
        #expect(TestBackend.crun.isProgram ? libcrun == "none" : libcrun?.hasSuffix(", in this process") == true)
        #expect(document["backends"]?.array?.map { $0["name"]?.string } == ["crun", "runc"])
        #expect(document["backends"]?.array?.first?["ready"]?.bool == true)
        let table = try scratch.must("info").output
        #expect(table.contains("\nBACKEND"))
        #expect(table.contains("\ncrun "))
    }

    @Test func withoutTheManagerTheOCIVerbsWorkAndTheOthersSayWhatIsMissing() throws {
        let scratch = try Scratch()
        var program = scratch.program
        program.path = scratch.path.appending("nexcage")
        let bytes = try HostFile.read(scratch.program.path, limit: 1 << 30)
        try HostFile.replace(program.path, with: bytes, mode: 0o755, durability: .boot)
        #expect(try program.run(scratch.globalFlags + ["list", "--quiet"], in: scratch.path).exitCode == 0)
        let outcome = try program.run(scratch.globalFlags + ["info"], in: scratch.path)
        #expect(outcome.exitCode == 5)
        #expect(outcome.error.hasPrefix("nexcage: nexcage-manager is neither in \(scratch.path) nor in "))
        #expect(outcome.error.split(separator: "\n").count == 1)
    }

    @Test func healthPassesWhereTheTestsCanRun() throws {
        let scratch = try Scratch()
        let outcome = try scratch.must("health", "--format", "json")
        let findings = try outcome.document().array ?? []
        #expect(!findings.isEmpty)
        for finding in findings { #expect(finding["verdict"]?.string != "fail") }
    }

    @Test func healthFailsOverARootThatCannotBeUsed() throws {
        let scratch = try Scratch()
        let file = try scratch.write("", to: "file")
        let outcome = try scratch.nexcage("--root", "\(file)/state", "health")
        #expect(outcome.exitCode == 1)
        #expect(outcome.error == "" || outcome.error.isOneLine)
    }

    @Test(arguments: [
        (["route", "cilium-x7k2p"], #"cilium-x7k2p -> crun: rule "cilium-*" matches the name "cilium-x7k2p""#),
        (["route", "db-1"], #"db-1 -> runc: rule "db-*" matches the name "db-1""#),
        (
            ["route", "--annotation", "nexcage.runtime=runc", "web"],
            #"web -> runc: annotation "nexcage.runtime" says so"#
        ),
        (["route", "web"], #"web -> crun: no rule matches; it is the default; "auto" is crun on this host"#),
    ])
    func routeExplainsItsChoice(words: [String], line: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write(#"{"routing": [{"pattern": "db-*", "runtime": "runc"}]}"#, to: "routing.json")
        let outcome = try Program.nexcage.run(["--config", file.string] + words, in: scratch.path)
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "\(line)\n")
        #expect(outcome.error == "")
    }

    @Test func theRouteIsTheOneThatCreateTakes() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch) { $0.annotations["nexcage.runtime"] = "crun" }
        let flags = ["--root", scratch.stateRoot.string]
        let id = scratch.id()
        let file = try scratch.write(#"{"default_runtime": "runc"}"#, to: "routing.json")
        let program = Program.nexcage
        let outcome = try program.run(
            flags + ["--config", file.string, "create", "--bundle", bundle.path.string, id], in: scratch.path)
        expectSilence(outcome)
        #expect(try scratch.must("list", "-f", "json").document().array?.first?["backend"]?.string == "crun")
    }

    @Test func specWritesADocumentAndNeverOverOne() throws {
        let scratch = try Scratch()
        expectSilence(try scratch.nexcage("spec", directory: scratch.path))
        let file = scratch.path.appending("config.json")
        let spec = try RuntimeSpec.decode(HostFile.read(file))
        #expect(spec.validate() == [])
        #expect(spec.process?.args == ["sh"])
        let second = try scratch.nexcage("spec", "--bundle", scratch.path.string)
        #expect(second.exitCode == 1)
        #expect(second.error == "nexcage: file \(quoted(file.string)) already exists; remove it first\n")
    }

    @Test func aRootlessSpecHasAUserNamespace() throws {
        let scratch = try Scratch()
        expectSilence(try scratch.nexcage("spec", "--rootless", "--bundle", scratch.path.string))
        let spec = try RuntimeSpec.decode(HostFile.read(scratch.path.appending("config.json")))
        #expect(spec.linux?.namespaces.contains { $0.kind == .user } == true)
        #expect(spec.linux?.uidMappings.isEmpty == false)
    }

    @Test func aGeneratedDocumentRuns() throws {
        let scratch = try Scratch()
        let folder = scratch.path.appending("made")
        try TestBundle.makeRoot(folder.appending("rootfs"))
        expectSilence(try scratch.nexcage("generate-config", "--bundle", folder.string, "web"))
        let spec = try RuntimeSpec.decode(HostFile.read(folder.appending("config.json")))
        #expect(spec.hostname == "web")
        let outcome = try scratch.nexcage("run", "--bundle", folder.string, scratch.id(), input: "hostname; exit 6\n")
        #expect(outcome.exitCode == 6)
        #expect(outcome.output == "web\n")
    }
}
