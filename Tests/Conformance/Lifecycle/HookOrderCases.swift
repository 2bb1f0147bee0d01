import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

/// A hook that appends a word to the file `log` of the bundle.
func loggingHook(_ bench: Workbench, _ word: String, then more: String = "") -> Hook {
    Hook(path: "/bin/sh", args: ["sh", "-c", "echo \(word) >> \(bench.bundle)/log; \(more)"])
}

extension ConformanceCase {
    static let orderCases: [ConformanceCase] = [
        ConformanceCase(
            "hooks-at-create", "runtime.md#lifecycle", "create runs prestart, createRuntime, createContainer"
        ) { bench in
            bench.spec.hooks = allHooks(bench)
            try bench.create()
            try expectEqual(
                bench.bundleText("log").lines, ["prestart", "createRuntime", "createContainer"], "the hooks that ran")
        },
        ConformanceCase(
            "hooks-at-start", "runtime.md#lifecycle", "start runs startContainer, the program, poststart"
        ) { bench in
            try bench.addBind("shared", at: "/data", options: ["bind", "rw"])
            var hooks = Hooks()
            // In the container's own view the bundle is not there.
            hooks.startContainer = [Hook(path: "/bin/sh", args: ["sh", "-c", "echo startContainer >> /data/log"])]
            hooks.poststart = [
                Hook(
                    path: "/bin/sh",
                    args: [
                        "sh", "-c",
                        // Called too early it would wait for ever for the program.
                        "grep -q running && while [ ! -e \(bench.bundle)/shared/ran ]; do sleep 0.01; done; "
                            + "echo poststart >> \(bench.bundle)/shared/log",
                    ])
            ]
            bench.spec.hooks = hooks
            bench.process.args = ["/bin/sh", "-c", "echo program >> /data/log; echo x > /data/ran; sleep 1000"]
            try bench.create()
            try expect(!HostFile.exists(bench.bundle.appending("shared/log")), "a hook of start ran at create")
            try bench.start()
            try expectEqual(
                bench.bundleText("shared/log").lines, ["startContainer", "program", "poststart"], "what ran")
        },
        ConformanceCase("hooks-at-delete", "runtime.md#lifecycle", "delete runs poststop, after the container is gone")
        {
            bench in
            var hooks = Hooks()
            hooks.poststop = [loggingHook(bench, "poststop")]
            bench.spec.hooks = hooks
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try expect(!HostFile.exists(bench.bundle.appending("log")), "poststop ran before delete")
            try bench.delete()
            try expectEqual(bench.bundleText("log"), "poststop", "the hooks that ran")
        },
        ConformanceCase(
            "program-not-before-start", "runtime.md#lifecycle", "no hook of create sees the program run"
        ) { bench in
            var hooks = Hooks()
            hooks.createRuntime = [loggingHook(bench, "hook", then: "test ! -e \(bench.root)/ran")]
            bench.spec.hooks = hooks
            try expectEqual(bench.run("echo x > /ran").exitCode, 0, "exit code")
        },
    ]

    private static func allHooks(_ bench: Workbench) -> Hooks {
        var hooks = Hooks()
        hooks.prestart = [loggingHook(bench, "prestart")]
        hooks.createRuntime = [loggingHook(bench, "createRuntime")]
        hooks.createContainer = [loggingHook(bench, "createContainer")]
        hooks.poststart = [loggingHook(bench, "poststart")]
        hooks.poststop = [loggingHook(bench, "poststop")]
        return hooks
    }

    static let hookFailureCases: [ConformanceCase] = [
        failureAtCreate("prestart", \.prestart),
        failureAtCreate("createRuntime", \.createRuntime),
        failureAtCreate("createContainer", \.createContainer),
        ConformanceCase(
            "hook-failure-startContainer", "runtime.md#lifecycle",
            "a failing startContainer hook is an error and stops the container"
        ) { bench in
            var hooks = Hooks()
            hooks.startContainer = [Hook(path: "/bin/false", args: ["false"])]
            bench.spec.hooks = hooks
            bench.process.args = ["/bin/sh", "-c", "echo ran > /ran"]
            try bench.create()
            let result = try bench.call(["start", bench.id])
            try expect(result.isRefusal, "start gives \(result.summary)")
            try bench.wait()
            try expect(!HostFile.exists(bench.root.appending("ran")), "the program ran")
            try expectStopped(bench)
        },
        ConformanceCase(
            "hook-failure-poststart", "runtime.md#lifecycle",
            "a failing poststart hook is an error and stops the container (1.2.1; a warning before)"
        ) { bench in
            var hooks = Hooks()
            hooks.poststart = [Hook(path: "/bin/false", args: ["false"])]
            bench.spec.hooks = hooks
            try bench.create()
            let result = try bench.call(["start", bench.id])
            try expect(result.isRefusal, "start gives \(result.summary)")
            try bench.wait()
            try expectStopped(bench)
        },
        ConformanceCase(
            "hook-failure-poststop", "runtime.md#lifecycle",
            "a failing poststop hook neither fails delete nor stops the rest"
        ) { bench in
            var hooks = Hooks()
            hooks.poststop = [Hook(path: "/bin/false", args: ["false"]), loggingHook(bench, "second")]
            bench.spec.hooks = hooks
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expectEqual(bench.bundleText("log"), "second", "the hooks that ran")
            try expect(try bench.call(["state", bench.id]).isRefusal, "the container is still there")
        },
        ConformanceCase(
            "hook-failure-poststop-runs", "runtime.md#lifecycle", "after a failing create hook the poststop hooks run"
        ) { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/false", args: ["false"])]
            hooks.poststop = [loggingHook(bench, "poststop")]
            bench.spec.hooks = hooks
            let result = try bench.tryCreate()
            try expect(result.isRefusal, "create gives \(result.summary)")
            _ = try bench.call(["delete", "--force", bench.id])
            try expectEqual(bench.bundleText("log"), "poststop", "the hooks that ran")
        },
        ConformanceCase(
            "hook-failure-missing", "runtime.md#lifecycle", "a hook whose program is missing is an error"
        ) { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/no/such/hook")]
            bench.spec.hooks = hooks
            try bench.mustRefuseCreate("a hook that does not exist")
        },
    ]

    private static func failureAtCreate(
        _ name: String, _ hooks: any WritableKeyPath<Hooks, [Hook]> & Sendable
    ) -> ConformanceCase {
        ConformanceCase(
            "hook-failure-\(name)", "runtime.md#lifecycle",
            "a failing \(name) hook is an error, skips the later ones and leaves no container"
        ) { bench in
            var all = Hooks()
            all[keyPath: hooks] = [Hook(path: "/bin/false", args: ["false"]), loggingHook(bench, "second")]
            bench.spec.hooks = all
            try bench.mustRefuseCreate("a failing \(name) hook")
            try expect(!HostFile.exists(bench.bundle.appending("log")), "the second hook ran")
        }
    }

    /// Stopped, or already gone.
    private static func expectStopped(_ bench: Workbench) throws {
        let state = try bench.call(["state", bench.id])
        guard state.exitCode == 0 else { return }
        try bench.waitForStatus("stopped")
    }
}
