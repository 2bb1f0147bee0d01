import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

@Suite struct LifecycleTests {
    @Test(arguments: TestBackend.allCases)
    func aContainerGoesThroughItsWholeLife(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let id = scratch.id()

        try expectSilence(scratch.must("create", "--bundle", bundle.path.string, id))
        let created = try scratch.state(id)
        #expect(created.status == .created)
        #expect(created.id == id)
        #expect(created.bundle == bundle.path.string)
        #expect(created.rootfs == bundle.root.string)
        #expect(created.pid ?? 0 > 0)

        try expectSilence(scratch.must("start", id))
        let running = try scratch.state(id)
        #expect(running.status == .running)
        #expect(running.pid == created.pid)

        try expectSilence(scratch.must("pause", id))
        #expect(try scratch.state(id).status == .paused)
        try expectSilence(scratch.must("resume", id))
        #expect(try scratch.state(id).status == .running)

        try expectSilence(scratch.must("kill", id, "KILL"))
        try eventually("the container stops") { try scratch.state(id).status == .stopped }
        #expect(try scratch.state(id).pid == 0)

        try expectSilence(scratch.must("delete", id))
        #expect(try Leftovers.find(id, in: scratch) == [])
        let gone = try scratch.nexcage("state", id)
        #expect(gone.exitCode == 3)
        #expect(gone.error == "nexcage: container \"\(id)\" does not exist\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aContainerThatWasNeverStartedCanBeDeleted(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        try expectSilence(scratch.must("delete", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aRunningContainerIsOnlyDeletedByForce(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let id = scratch.id()
        try scratch.must("run", "--detach", "--bundle", bundle.path.string, id)
        let refused = try scratch.nexcage("delete", id)
        #expect(refused.exitCode == 1)
        #expect(refused.error.contains("cannot delete container \(id) that is not stopped: running"))
        #expect(try scratch.state(id).status == .running)
        try expectSilence(scratch.must("delete", "--force", id))
        #expect(try Leftovers.find(id, in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aPausedContainerIsDeletedByForce(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("run", "--detach", "--bundle", bundle.path.string, scratch.id())
        try scratch.must("pause", scratch.id())
        try expectSilence(scratch.must("delete", "--force", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aContainerStartsOnce(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let id = scratch.id()
        try scratch.must("create", "--bundle", bundle.path.string, id)
        try scratch.must("start", id)
        let second = try scratch.nexcage("start", id)
        #expect(second.exitCode == 1)
        #expect(second.error == "nexcage: cannot start an already running container\n")
        try scratch.must("kill", id, "9")
        try eventually("the container stops") { try scratch.state(id).status == .stopped }
        let third = try scratch.nexcage("start", id)
        #expect(third.exitCode == 1)
        #expect(third.error == "nexcage: cannot start a container that has stopped\n")
    }

    @Test(arguments: TestBackend.allCases)
    func thePidFileHoldsTheFirstProcess(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        let file = scratch.path.appending("pid")
        try scratch.must("create", "--bundle", bundle.path.string, "--pid-file", file.string, scratch.id())
        let text = String(decoding: try HostFile.read(file), as: UTF8.self)
        #expect(text == "\(try scratch.state(scratch.id()).pid ?? 0)")
    }

    @Test(arguments: TestBackend.allCases)
    func stopEndsAContainerThatIgnoresItsSignal(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "trap '' TERM; sleep 1000")
        try scratch.must("run", "--detach", "--bundle", bundle.path.string, scratch.id())
        try expectSilence(scratch.must("stop", "-t", "0", scratch.id()))
        #expect(try scratch.state(scratch.id()).status == .stopped)
        try scratch.must("delete", scratch.id())
    }

    @Test func theVerbsThatDeleteBearAnIdThatNobodyHas() throws {
        let scratch = try Scratch()
        try expectSilence(scratch.must("delete", "--force", scratch.id()))
        let strict = try scratch.nexcage("delete", scratch.id())
        #expect(strict.exitCode == 3)
        #expect(strict.error == "nexcage: container \"\(scratch.id())\" does not exist\n")
    }
}

/// A verb whose only result is its effect prints nothing.
func expectSilence(_ outcome: Program.Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(outcome.exitCode == 0, sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
    #expect(outcome.error == "", sourceLocation: sourceLocation)
}
