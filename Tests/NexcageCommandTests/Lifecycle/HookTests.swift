import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

@Suite struct HookTests {
    /// A hook that appends its name to a file of the host.
    private func hook(_ name: String, in scratch: Scratch) -> Hook {
        Hook(path: "/bin/sh", args: ["sh", "-c", "cat > /dev/null; echo \(name) >> \(scratch.path)/hooks"])
    }

    @Test(arguments: TestBackend.allCases)
    func hooksRunInTheOrderOfTheSpecification(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "cat /hook") { spec in
            var hooks = Hooks()
            hooks.prestart = [hook("prestart", in: scratch)]
            hooks.createRuntime = [hook("createRuntime", in: scratch)]
            hooks.createContainer = [hook("createContainer", in: scratch)]
            // This one runs in the container's own files.
            hooks.startContainer = [
                Hook(path: "/bin/sh", args: ["sh", "-c", "cat > /dev/null; echo startContainer > /hook"])
            ]
            hooks.poststart = [hook("poststart", in: scratch)]
            hooks.poststop = [hook("poststop", in: scratch)]
            spec.hooks = hooks
        }
        let outcome = try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "startContainer\n")
        let order = String(decoding: try HostFile.read(scratch.path.appending("hooks")), as: UTF8.self)
        #expect(order == "prestart\ncreateRuntime\ncreateContainer\npoststart\npoststop\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aHookReadsTheStateOfItsContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            var hooks = Hooks()
            hooks.poststop = [Hook(path: "/bin/sh", args: ["sh", "-c", "cat > \(scratch.path)/state.json"])]
            spec.hooks = hooks
        }
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        try scratch.must("delete", "--force", scratch.id())
        let state = try ContainerState.decode(HostFile.read(scratch.path.appending("state.json")))
        #expect(state.id == scratch.id())
        #expect(state.status == .stopped)
        #expect(state.bundle == bundle.path.string)
    }

    @Test(arguments: TestBackend.allCases)
    func aHookNeedNotReadTheState(_ backend: TestBackend) throws {
        // Debian's crun dies of SIGPIPE; the libcrun that we build does not.
        if backend == .crun { try TestBackend.requireLibcrun() }
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            let hasty = [Hook(path: "/bin/true"), Hook(path: "/bin/true")]
            var hooks = Hooks()
            hooks.createRuntime = hasty
            hooks.poststart = hasty
            hooks.poststop = hasty
            spec.hooks = hooks
        }
        // Whether the hook or the state is quicker is a matter of luck.
        for _ in 0..<10 {
            expectSilence(try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id()))
            expectSilence(try scratch.nexcage("start", scratch.id()))
            expectSilence(try scratch.nexcage("delete", "--force", scratch.id()))
        }
    }

    @Test(arguments: TestBackend.allCases)
    func aHookThatFailsUndoesTheCreation(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/sh", args: ["sh", "-c", "exit 1"])]
            spec.hooks = hooks
        }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.isOneLine)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases, ["prestart", "createRuntime", "createContainer"])
    func aHookBeforeTheStartThatFailsUndoesTheCreation(_ backend: TestBackend, _ kind: String) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            let list = [Hook(path: "/bin/sh", args: ["sh", "-c", "exit 3"]), hook("never", in: scratch)]
            var hooks = Hooks()
            switch kind {
            case "prestart": hooks.prestart = list
            case "createRuntime": hooks.createRuntime = list
            default: hooks.createContainer = list
            }
            spec.hooks = hooks
        }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("hook"))
        #expect(!HostFile.exists(scratch.path.appending("hooks")))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aHookInTheContainerThatFailsStopsIt(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch, "bundle", "echo ran > /ran; sleep 1000") { spec in
            var hooks = Hooks()
            hooks.startContainer = [Hook(path: "/bin/sh", args: ["sh", "-c", "exit 3"])]
            hooks.poststop = [hook("poststop", in: scratch)]
            spec.hooks = hooks
        }
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        // Whether start itself hears of it is the runtime's; the user's program must not run.
        try scratch.nexcage("start", scratch.id())
        try eventually("the container stops") { try scratch.state(scratch.id()).status == .stopped }
        #expect(!bundle.has("ran"))
        try scratch.must("delete", scratch.id())
        #expect(String(decoding: try HostFile.read(scratch.path.appending("hooks")), as: UTF8.self) == "poststop\n")
    }

    @Test(arguments: TestBackend.allCases)
    func aHookAfterTheEndThatFailsDoesNotKeepTheContainer(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            var hooks = Hooks()
            hooks.poststop = [Hook(path: "/bin/sh", args: ["sh", "-c", "exit 3"])]
            spec.hooks = hooks
        }
        try scratch.must("run", "-d", "--bundle", bundle.path.string, scratch.id())
        try scratch.must("delete", "--force", scratch.id())
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(arguments: TestBackend.allCases)
    func aHookThatTakesTooLongIsKilledAndFails(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch) { spec in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/sleep", args: ["sleep", "1000"], timeout: 1)]
            spec.hooks = hooks
        }
        let outcome = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        #expect(outcome.exitCode == 1)
        #expect(outcome.error.contains("timeout"))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
