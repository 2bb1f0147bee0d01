import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let stateCases: [ConformanceCase] = [
        ConformanceCase(
            "state-version", "runtime.md#state", "the state names a version of the specification"
        ) { bench in
            try bench.create()
            let version = try require(bench.state()["ociVersion"]?.string, "ociVersion")
            try expect(version.split(separator: ".").count >= 3, "ociVersion \(version) is not a semantic version")
        },
        ConformanceCase("state-id", "runtime.md#state", "the state carries the id that was given") { bench in
            try bench.create()
            try expectEqual(bench.state()["id"]?.string, bench.id, "id")
        },
        ConformanceCase("state-status-created", "runtime.md#state", "before start the status is created") { bench in
            try bench.create()
            try expectEqual(bench.status(), "created", "status")
        },
        ConformanceCase(
            "state-status-running", "runtime.md#state", "while the program runs the status is running"
        ) { bench in
            try bench.launch()
            try expectEqual(bench.status(), "running", "status")
        },
        ConformanceCase(
            "state-status-stopped", "runtime.md#state", "after the program's end the status is stopped"
        ) { bench in
            try bench.run("exit 3")
            try bench.waitForStatus("stopped")
        },
        ConformanceCase(
            "state-status-killed", "runtime.md#state", "a killed program leaves the status stopped"
        ) { bench in
            try bench.launch()
            try bench.stop()
            try bench.waitForStatus("stopped")
        },
        ConformanceCase("state-pid-created", "runtime.md#state", "created, the state has the process's id on the host")
        {
            bench in
            try bench.create()
            try expectEqual(bench.state()["pid"]?.integer, Int64(bench.pid), "pid")
            try expect(HostFile.exists(FilePath("/proc/\(bench.pid)")), "there is no process \(bench.pid)")
        },
        ConformanceCase(
            "state-pid-running", "runtime.md#state", "the process keeps its id when it is started"
        ) { bench in
            try bench.launch()
            try expectEqual(bench.state()["pid"]?.integer, Int64(bench.pid), "pid")
            try eventually("the process runs the program") { try bench.proc("cmdline").contains("sleep") }
        },
        ConformanceCase("state-bundle", "runtime.md#state", "the bundle's path in the state is absolute") { bench in
            try bench.create()
            try expectEqual(bench.state()["bundle"]?.string, bench.bundle.string, "bundle")
        },
        ConformanceCase(
            "state-annotations", "runtime.md#state", "the state carries the annotations of the configuration"
        ) { bench in
            bench.spec.annotations = ["org.example.one": "1", "org.example.two": "a b\"c"]
            try bench.create()
            let found = try require(bench.state()["annotations"], "annotations")
            try expectEqual(found["org.example.one"]?.string, "1", "the first annotation")
            try expectEqual(found["org.example.two"]?.string, "a b\"c", "the second annotation")
        },
        ConformanceCase("state-without-id", "runtime.md#query-state", "state without an id is an error") { bench in
            try expect(try bench.call(["state"]).isRefusal, "state without an id succeeds")
        },
        ConformanceCase(
            "state-of-nothing", "runtime.md#query-state", "state of an unknown container is an error"
        ) { bench in
            let result = try bench.call(["state", bench.id])
            try expect(result.isRefusal, "state of an unknown container gives \(result.summary)")
        },
        ConformanceCase("state-is-json", "runtime.md#state", "state prints one JSON object and nothing else") { bench in
            try bench.create()
            try expect(try bench.state().object != nil, "the state is no object")
        },
    ]
}
