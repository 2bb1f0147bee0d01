import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

extension Engines {
    /// `ctr`, containerd's own client, which calls the runtime through the shim.
    @Suite struct ContainerdTaskTests {
        @Test(arguments: TestBackend.allCases)
        func theExitCodeIsTheProgrammes(_ backend: TestBackend) throws {
            let containerd = try Containerd(backend)
            let outcome = try containerd.run(
                ["--rm"], containerd.scratch.id(), "/bin/sh", "-c", "echo out; echo err >&2; exit 7")
            #expect(outcome.exitCode == 7)
            #expect(outcome.output == "out\n")
            #expect(outcome.error.hasPrefix("err\n"))
            let absent = try containerd.run(["--rm"], containerd.scratch.id("b"), "/absent")
            #expect(absent.exitCode != 0)
            #expect(absent.error.contains("/absent"))
            #expect(try containerd.must("container", "list", "--quiet") == "")
        }

        @Test func aTerminalReachesThePerson() throws {
            let containerd = try Containerd()
            let terminal = try PseudoTerminal(rows: 30, columns: 100)
            let words = [
                "run", "--rm", "--tty", "--runc-binary", "\(containerd.runtime)", Containerd.image,
                containerd.scratch.id(), "/bin/sh", "-c", "read first; echo \"got $first\"; exit 3",
            ]
            let pid = try containerd.spawn(words, at: terminal)
            try terminal.type("hello\n")
            #expect(try terminal.read(upTo: "got hello\r").contains("hello"))
            #expect(try Program.wait(for: pid, timeout: .seconds(60), words) == 3)
        }

        @Test(arguments: TestBackend.allCases)
        func aTaskLivesAndIsRemoved(_ backend: TestBackend) throws {
            let containerd = try Containerd(backend)
            let id = try containerd.start()
            func status() throws -> Substring? {
                try containerd.must("task", "list").split(separator: "\n").first { $0.hasPrefix(id) }?
                    .split(separator: " ").last
            }
            #expect(try status() == "RUNNING")
            let exec = try containerd("task", "exec", "--exec-id", "e", id, "/bin/sh", "-c", "echo inside; exit 5")
            #expect(exec.output == "inside\n")
            #expect(exec.exitCode == 5)
            try containerd.must("task", "pause", id)
            #expect(try status() == "PAUSED")
            try containerd.must("task", "resume", id)
            #expect(try status() == "RUNNING")
            #expect(try containerd.must("task", "metrics", id).contains("memory.usage_in_bytes"))
            #expect(try containerd.must("task", "ps", id).split(separator: "\n").count == 2)
            try containerd.must("task", "kill", "--all", "--signal", "KILL", id)
            try eventually("it stops") { try status() == "STOPPED" }
            try containerd.must("task", "delete", id)
            try containerd.must("container", "delete", id)
            #expect(try containerd.must("task", "list", "--quiet") == "")
        }

        @Test func aTaskIsCheckpointed() throws {
            try TestBackend.crun.requireCRIU()
            try Podman.requireNewCRIU()
            let containerd = try Containerd()
            let id = containerd.scratch.id()
            // Without a network namespace, which criu would need iptables for, and without pipes to a host process.
            let outcome = try containerd.run(
                ["--detach", "--null-io", "--net-host"], id, "/bin/sleep", "1000")
            #expect(outcome.exitCode == 0)
            let images = containerd.scratch.path.appending("images")
            try containerd.must("task", "checkpoint", "--image-path", "\(images)", id)
            #expect(HostFile.exists(images.appending("inventory.img")))
            try containerd.remove(id)
        }

        @Test(arguments: TestBackend.allCases)
        func whatAShimAsksForIsAnswered(_ backend: TestBackend) throws {
            let scratch = try Scratch(backend)
            let bundle = try TestBundle(in: scratch)
            let id = scratch.id()
            let log = ["--log", "\(scratch.path)/log.json", "--log-format", "json"]
            func nexcage(_ words: String..., input: String = "") throws -> Program.Outcome {
                try scratch.nexcage(log + words, input: input)
            }
            #expect(
                try nexcage("create", "--bundle", "\(bundle.path)", "--pid-file", "\(scratch.path)/pid", id).exitCode
                    == 0)
            #expect(try nexcage("start", id).exitCode == 0)
            let pids = try nexcage("ps", "--format", "json", id).document().array
            #expect(pids?.first?.integer == Int64(try #require(try scratch.state(id).pid)))
            for words in [["--resources", "-"], ["--resources=-"]] {
                let outcome = try scratch.nexcage(log + ["update"] + words + [id], input: #"{"pids":{"limit":77}}"#)
                #expect(outcome.exitCode == 0, "\(outcome.error)")
            }
            #expect(try nexcage("kill", "--all", id, "9").exitCode == 0)
            try eventually("it stops") { try scratch.state(id).status == .stopped }
            let again = try nexcage("kill", "--all", id, "9")
            #expect(again.exitCode == 0 || again.error.contains("container not running"))
            #expect(try nexcage("delete", id).exitCode == 0)
            let gone = try nexcage("delete", "--force", id)
            #expect(gone.exitCode == 0 || gone.error.contains("does not exist"))
            // Go's flags may have one dash, and engines repeat some.
            let restore = try nexcage(
                "restore", "-no-subreaper", "--detach", "--detach", "--image-path", "/absent", "-bundle",
                "\(bundle.path)",
                id)
            #expect(restore.exitCode == 3)
            let last = String(decoding: try HostFile.read(scratch.path.appending("log.json")), as: UTF8.self).split(
                separator: "\n"
            ).last
            #expect(try JSONLine.level(last) == "error")
            #expect(try scratch.nexcage("features").document()["ociVersionMin"]?.string == "1.0.0")
        }
    }
}
