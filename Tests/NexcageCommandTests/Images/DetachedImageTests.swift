import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// Containers from images that stay.
@Suite struct DetachedImageTests {
    @Test(arguments: TestBackend.allCases)
    func aDetachedContainerPrintsItsIdAndLogsToItsFile(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        let reference = try image.reference()
        let outcome = try scratch.must(
            "run", "-d", "--name", scratch.id(), "--memory", "64m", "--pids-limit", "20", "--entrypoint", "/bin/sh",
            reference,
            "-c", "echo to the log; echo and errors >&2; sleep 1000")
        #expect(outcome.output == "\(scratch.id())\n")
        #expect(outcome.error == "")
        let log = scratch.dataRoot.appending("containers").appending(scratch.id()).appending("output.log")
        try eventually("both lines are logged") {
            try String(decoding: HostFile.read(log), as: UTF8.self) == "to the log\nand errors\n"
        }
        let entry = try scratch.must("list", "-f", "json").document().array?.first
        #expect(entry?["image"]?.string == reference)
        #expect(entry?["name"]?.string == scratch.id())
        #expect(entry?["status"]?.string == "running")
        #expect(try scratch.must("exec", scratch.id(), "/app/hello", "exec").output == "hello world exec\n")
        let limit = try scratch.must("events", "--stats", scratch.id()).document()["data"]
        #expect(limit?["memory"]?["usage"]?["limit"]?.integer == 64 << 20)
        #expect(limit?["pids"]?["limit"]?.integer == 20)
        expectSilence(try scratch.nexcage("stop", "-t", "0", scratch.id()))
        expectSilence(try scratch.nexcage("delete", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func itsExitCodeIsKept(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        for (name, command, exitCode) in [("a", "exit 7", 7), ("b", "sleep 1000", 137), ("c", "true", 0)] {
            try scratch.must(
                "run", "-d", "--name", scratch.id(name), "--entrypoint", "/bin/sh", image.reference(), "-c", command)
            if exitCode == 137 { try scratch.must("kill", scratch.id(name), "KILL") }
            try eventually("the exit code of \(command) is known") {
                let entry = try scratch.must("list", "-f", "json").document().array?.first {
                    $0["id"]?.string == scratch.id(name)
                }
                return entry?["exitCode"]?.integer == Int64(exitCode) && entry?["status"]?.string == "stopped"
            }
            expectSilence(try scratch.nexcage("delete", scratch.id(name)))
            #expect(try Leftovers.find(scratch.id(name), in: scratch) == [])
        }
    }

    @Test(arguments: TestBackend.allCases)
    func itIsRemovedAtItsEndIfAsked(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        try scratch.must(
            "run", "-d", "--rm", "--name", scratch.id(), "--entrypoint", "/bin/sleep", image.reference(), "1000")
        #expect(try scratch.state(scratch.id()).status == .running)
        expectSilence(try scratch.nexcage("kill", scratch.id(), "KILL"))
        try eventually("nothing of it is left") { try Leftovers.find(scratch.id(), in: scratch) == [] }
        #expect(try scratch.must("list", "-q").output == "")
    }

    @Test(arguments: TestBackend.allCases)
    func itHasATerminalIfAsked(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        try scratch.must(
            "run", "-d", "-t", "--name", scratch.id(), "--entrypoint", "/bin/sh", image.reference(), "-c",
            "stty -a; echo; echo the last line")
        // Ends with the container, and has read everything by then.
        let log = try scratch.must("logs", "--follow", scratch.id()).output
        #expect(log.contains("speed 38400 baud"))
        #expect(log.hasSuffix("\r\nthe last line\r\n"))
        expectSilence(try scratch.nexcage("delete", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func oneThatCannotStartIsToldAndLeavesNothing(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        let outcome = try scratch.nexcage(
            "run", "-d", "--name", scratch.id(), "--entrypoint", "/bin/absent", image.reference())
        #expect(outcome.exitCode == 127)
        #expect(outcome.output == "")
        #expect(outcome.error.contains("/bin/absent"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func onlyADetachedContainerHasALog() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let outcome = try scratch.nexcage("logs", scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.isOneLine)
        #expect(try scratch.nexcage("logs", scratch.id("nobody")).exitCode == 3)
    }

    @Test func aCreatedContainerIsStartedLater() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        #expect(try scratch.must("create", "--name", scratch.id(), image.reference()).output == "\(scratch.id())\n")
        #expect(try scratch.state(scratch.id()).status == .created)
        expectSilence(try scratch.nexcage("start", scratch.id()))
        try eventually("it ends") { try scratch.state(scratch.id()).status == .stopped }
        let log = scratch.dataRoot.appending("containers").appending(scratch.id()).appending("output.log")
        #expect(try HostFile.read(log) == Array("hello world again\n".utf8))
    }

    @Test func containersOfOneImageShareItsLayersAndNothingElse() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let words = ["--entrypoint", "/bin/sh", try image.reference(), "-c"]
        for name in ["a", "b"] {
            try scratch.nexcage(
                ["run", "-d", "--name", scratch.id(name)] + words + [
                    "echo \(name) > /own; touch /of-\(name); sleep 1000"
                ])
            // A layer that is unpacked is not read again.
            for layer in image.layers { try HostFile.remove(image.path(of: layer)) }
        }
        for name in ["a", "b"] {
            try eventually("\(name) has written") {
                try scratch.nexcage("exec", scratch.id(name), "/bin/cat", "/of-\(name)").exitCode == 0
            }
            #expect(try scratch.must("exec", scratch.id(name), "/bin/cat", "/own").output == "\(name)\n")
        }
        #expect(try scratch.nexcage("exec", scratch.id("a"), "/bin/cat", "/of-b").exitCode != 0)
        for name in ["a", "b"] { expectSilence(try scratch.nexcage("delete", "--force", scratch.id(name))) }
        for name in ["a", "b"] { #expect(try Leftovers.find(scratch.id(name), in: scratch) == []) }
    }

    @Test(arguments: ["overlay", "directory"])
    func everyStorageDriverRunsTheImage(driver: String) throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        try scratch.write(#"{"storage": {"driver": "\#(driver)"}}"#, to: "configuration.json")
        for _ in 0..<2 {
            let outcome = try scratch.nexcage("run", "--rm", "--name", scratch.id(), try image.reference())
            #expect(outcome.output == "hello world again\n")
            #expect(outcome.error == "")
        }
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test func anIdInUseStaysWithItsOwner() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        try scratch.must("create", "--name", scratch.id(), image.reference())
        let second = try scratch.nexcage("run", "-d", "--name", scratch.id(), image.reference())
        #expect(second.exitCode == 125)
        #expect(second.error.isOneLine)
        #expect(second.error.contains("already exists"))
        #expect(try scratch.state(scratch.id()).status == .created)
    }

    @Test func afterARebootItIsThereAndHasStopped() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        try scratch.must("run", "--name", scratch.id(), image.reference())
        // What a reboot takes: everything in the state root.
        try HostDirectory.removeTree(scratch.stateRoot)
        #expect(try scratch.must("list", "-q").output == "\(scratch.id())\n")
        #expect(try scratch.state(scratch.id()).status == .stopped)
        expectSilence(try scratch.nexcage("delete", scratch.id()))
        // The control groups go with a real reboot.
        #expect(try Leftovers.find(scratch.id(), in: scratch).filter { !$0.hasPrefix("cgroup") } == [])
        #expect(try scratch.must("list", "-q").output == "")
    }
}
