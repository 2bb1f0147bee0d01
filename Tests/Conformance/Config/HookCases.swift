import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    private static let section = "config.md#posix-platform-hooks"

    /// A hook of one kind: the state comes on standard input.
    private static func stateOnInput(
        _ name: String, _ hooks: any WritableKeyPath<Hooks, [Hook]> & Sendable, status: [String]
    ) -> ConformanceCase {
        ConformanceCase(
            "hook-state-\(name)", section, "a \(name) hook reads the state from its standard input"
        ) { bench in
            var all = Hooks()
            let inside = name == "startContainer"
            let target = inside ? "/data/state" : "\(bench.bundle)/shared/state"
            try bench.addBind("shared", at: "/data", options: ["bind", "rw"])
            all[keyPath: hooks] = [Hook(path: "/bin/sh", args: ["sh", "-c", "cat > \(target)"])]
            bench.spec.hooks = all
            bench.spec.annotations = ["org.example": "value"]
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            let state = try JSONValue.decode(Array(bench.bundleText("shared/state").utf8))
            try expectEqual(state["id"]?.string, bench.id, "id")
            try expectEqual(state["bundle"]?.string, bench.bundle.string, "bundle")
            try expect(state["ociVersion"]?.string != nil, "there is no ociVersion")
            try expectEqual(state["annotations"]?["org.example"]?.string, "value", "the annotation")
            let found = state["status"]?.string ?? ""
            try expect(status.contains(found), "the status is \(found), expected \(status.joined(separator: " or "))")
        }
    }

    static let hookCases: [ConformanceCase] = [
        stateOnInput("prestart", \.prestart, status: ["creating", "created"]),
        stateOnInput("createRuntime", \.createRuntime, status: ["creating", "created"]),
        stateOnInput("createContainer", \.createContainer, status: ["creating", "created"]),
        stateOnInput("startContainer", \.startContainer, status: ["creating", "created"]),
        stateOnInput("poststart", \.poststart, status: ["running", "stopped"]),
        stateOnInput("poststop", \.poststop, status: ["stopped"]),
        ConformanceCase("hook-pid", section, "a createRuntime hook learns the container's process") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/sh", args: ["sh", "-c", "cat > \(bench.bundle)/state"])]
            bench.spec.hooks = hooks
            try bench.create()
            let state = try JSONValue.decode(Array(bench.bundleText("state").utf8))
            try expectEqual(state["pid"]?.integer, Int64(bench.pid), "pid")
        },
        ConformanceCase("hook-order", section, "hooks of one kind run in the listed order") { bench in
            var hooks = Hooks()
            hooks.createRuntime = ["one", "two", "three"].map { loggingHook(bench, $0) }
            bench.spec.hooks = hooks
            try bench.create()
            try expectEqual(bench.bundleText("log").lines, ["one", "two", "three"], "the hooks that ran")
        },
        ConformanceCase(
            "hook-runtime-namespace", section, "a createRuntime hook runs in the runtime's namespaces"
        ) { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/sh", args: ["sh", "-c", namespacesScript(bench)])]
            bench.spec.hooks = hooks
            try bench.create()
            let own = try namespaceName(of: "self", "mnt") + "\n" + namespaceName(of: "self", "net")
            try expectEqual(bench.bundleText("namespaces"), own, "the namespaces")
        },
        ConformanceCase(
            "hook-container-namespace", section, "a createContainer hook runs in the container's namespaces"
        ) { bench in
            var hooks = Hooks()
            hooks.createContainer = [Hook(path: "/bin/sh", args: ["sh", "-c", namespacesScript(bench)])]
            bench.spec.hooks = hooks
            try bench.create()
            let container = try bench.namespace("mnt") + "\n" + bench.namespace("net")
            try expectEqual(bench.bundleText("namespaces"), container, "the namespaces")
        },
        ConformanceCase(
            "hook-start-namespace", section, "a startContainer hook runs in the container's root"
        ) { bench in
            try bench.put("inside", at: "mark")
            var hooks = Hooks()
            hooks.startContainer = [Hook(path: "/bin/sh", args: ["sh", "-c", "cat /mark > /seen"])]
            bench.spec.hooks = hooks
            try bench.run("true")
            try expectEqual(bench.text("seen"), "inside", "what the hook saw")
        },
        ConformanceCase("hook-before-pivot", section, "a createRuntime hook sees the namespaces, made but not entered")
        {
            bench in
            var hooks = Hooks()
            let script = "pid=$(sed 's/.*\"pid\": *\\([0-9]*\\).*/\\1/' | tr -d '\\n'); readlink /proc/$pid/ns/net"
            hooks.createRuntime = [
                Hook(path: "/bin/sh", args: ["sh", "-c", "tr -d '\\n' | { \(script); } > \(bench.bundle)/net"])
            ]
            bench.spec.hooks = hooks
            try bench.create()
            try expectEqual(bench.bundleText("net"), bench.namespace("net"), "the network namespace")
        },
    ]

    private static func namespacesScript(_ bench: Workbench) -> String {
        "readlink /proc/self/ns/mnt /proc/self/ns/net > \(bench.bundle)/namespaces"
    }

    static let hookInputCases: [ConformanceCase] = [
        ConformanceCase("hook-args", section, "a hook gets its arguments, the first as its name") { bench in
            var hooks = Hooks()
            let script = "printf '%s|' \"$0\" \"$@\" > \(bench.bundle)/args"
            hooks.createRuntime = [Hook(path: "/bin/sh", args: ["named", "-c", script, "zero", "a b", ""])]
            bench.spec.hooks = hooks
            try bench.create()
            try expectEqual(bench.bundleText("args"), "zero|a b||", "the arguments")
        },
        ConformanceCase("hook-env", section, "a hook's environment is what its configuration says") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [
                Hook(
                    path: "/bin/sh", args: ["sh", "-c", "echo \"$A|$LEAKED\" > \(bench.bundle)/env"], env: ["A=1 2"])
            ]
            bench.spec.hooks = hooks
            bench.wrapper = ["/bin/sh", "-c", "export LEAKED=1; exec \"$0\" \"$@\""]
            try bench.create()
            try expectEqual(bench.bundleText("env"), "1 2|", "the environment")
        },
        ConformanceCase("hook-timeout", section, "a hook that exceeds its timeout is ended and is an error") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/sleep", args: ["sleep", "60"], timeout: 1)]
            bench.spec.hooks = hooks
            let before = ContinuousClock.now
            try bench.mustRefuseCreate("a hook that takes too long")
            try expect(ContinuousClock.now - before < .seconds(40), "the hook was waited for")
        },
        ConformanceCase("hook-in-time", section, "a hook within its timeout is no error") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/true", args: ["true"], timeout: 30)]
            bench.spec.hooks = hooks
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase("hook-timeout-zero", section, "a timeout of zero is refused") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/true", args: ["true"], timeout: 0)]
            bench.spec.hooks = hooks
            try bench.mustRefuseCreate("a timeout of zero")
        },
        ConformanceCase("hook-relative", section, "a hook with a relative path is refused") { bench in
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "bin/true", args: ["true"])]
            bench.spec.hooks = hooks
            try bench.mustRefuseCreate("a relative hook")
        },
        ConformanceCase("hook-without-path", section, "a hook without a path is refused") { bench in
            bench.set("hooks", to: ["createRuntime": [["args": ["true"]]]])
            try bench.mustRefuseCreate("a hook without a path")
        },
        ConformanceCase("hook-ignores-input", section, "a hook need not read its standard input") { bench in
            bench.spec.annotations = ["long": String(repeating: "x", count: 200_000)]
            var hooks = Hooks()
            hooks.createRuntime = [Hook(path: "/bin/true", args: ["true"])]
            bench.spec.hooks = hooks
            try bench.create()
        },
    ]

    static let extensibilityCases: [ConformanceCase] = [
        ConformanceCase("unknown-property", "config.md#extensibility", "an unknown property is ignored") { bench in
            bench.set("org.example.unknown", to: ["a": 1])
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase("unknown-property-process", "config.md#extensibility", "one of process too") { bench in
            bench.set("process", "unknown", to: true)
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase("unknown-property-linux", "config.md#extensibility", "one of linux too") { bench in
            bench.set("linux", "unknown", to: ["x"])
            bench.set("linux", "resources", "unknown", to: "x")
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase(
            "other-platform", "config.md#platform-specific-configuration", "other platforms' parts are ignored"
        ) { bench in
            bench.set("solaris", to: ["milestone": "svc:/milestone/container:default"])
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase("unknown-annotation", "config.md#annotations", "an unknown annotation is no error") { bench in
            bench.spec.annotations = ["org.example/anything": "", "x": "{}"]
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase(
            "annotation-no-string", "config.md#annotations", "an annotation that is no string is refused"
        ) { bench in
            bench.set("annotations", to: ["x": 1])
            try bench.mustRefuse("an annotation that is a number")
        },
        ConformanceCase(
            "annotation-empty-key", "config.md#annotations", "an annotation without a name is refused"
        ) { bench in
            bench.set("annotations", to: ["": "x"])
            try bench.mustRefuse("an annotation without a name")
        },
        ConformanceCase("wrong-type", "config.md#valid-values", "a member of the wrong type is refused") { bench in
            bench.set("process", "args", to: "true")
            try bench.mustRefuse("arguments that are a string")
        },
        ConformanceCase("wrong-type-mounts", "config.md#valid-values", "mounts that are no list are refused") { bench in
            bench.set("mounts", to: ["destination": "/x"])
            try bench.mustRefuse("mounts that are an object")
        },
    ]
}
