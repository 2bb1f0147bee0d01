import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let createCases: [ConformanceCase] = [
        ConformanceCase("create-does-not-run", "runtime.md#create", "create does not run the program") { bench in
            bench.process.args = ["/bin/sh", "-c", "echo ran > /ran"]
            try bench.create()
            try expect(!HostFile.exists(bench.root.appending("ran")), "the program ran")
            try bench.start()
            try bench.wait()
            try expect(HostFile.exists(bench.root.appending("ran")), "start did not run the program")
        },
        ConformanceCase("create-without-id", "runtime.md#create", "create without an id is an error") { bench in
            try bench.writeConfiguration()
            let result = try bench.call(["create", "--bundle", bench.bundle.string])
            try expect(result.isRefusal, "create without an id gives \(result.summary)")
        },
        ConformanceCase(
            "create-without-bundle", "runtime.md#create", "create of a folder without config.json is an error"
        ) { bench in
            let result = try bench.call(["create", "--bundle", bench.bundle.string, bench.id])
            try expect(result.isRefusal, "create without a configuration gives \(result.summary)")
            try expect(try bench.call(["state", bench.id]).isRefusal, "a container is there")
        },
        ConformanceCase(
            "create-missing-bundle", "runtime.md#create", "create of a bundle that is not there is an error"
        ) { bench in
            let result = try bench.call(["create", "--bundle", "\(bench.bundle)/none", bench.id])
            try expect(result.isRefusal, "create without a bundle gives \(result.summary)")
        },
        ConformanceCase(
            "create-id-taken", "runtime.md#create", "an id that is taken is refused, its container stays"
        ) { bench in
            try bench.create()
            let second = try bench.call(["create", "--bundle", bench.bundle.string, bench.id])
            try expect(second.isRefusal, "the second create gives \(second.summary)")
            try expectEqual(bench.state()["pid"]?.integer, Int64(bench.pid), "the first container's pid")
            try expectEqual(bench.status(), "created", "the first container's status")
        },
        ConformanceCase("create-id-taken-stopped", "runtime.md#create", "the id of a stopped container is still taken")
        {
            bench in
            try bench.run("true")
            try bench.waitForStatus("stopped")
            let second = try bench.call(["create", "--bundle", bench.bundle.string, bench.id])
            try expect(second.isRefusal, "the second create gives \(second.summary)")
        },
        ConformanceCase("create-invalid-id", "runtime.md#create", "an id that would leave the state folder is refused")
        {
            bench in
            try bench.writeConfiguration()
            for id in ["../\(bench.id)", "\(bench.id)/x", ""] {
                let result = try bench.call(["create", "--bundle", bench.bundle.string, id])
                try expect(result.isRefusal, "the id \(quoted(id)) gives \(result.summary)")
            }
        },
        ConformanceCase(
            "create-then-edit", "runtime.md#lifecycle", "a configuration that is edited after create changes nothing"
        ) { bench in
            bench.process.args = ["/bin/echo", "before"]
            bench.process.env.append("WHEN=before")
            try bench.create()
            bench.process.args = ["/bin/echo", "after"]
            try bench.writeConfiguration()
            try bench.start()
            try expectEqual(bench.finish().output, "before", "the output")
        },
        ConformanceCase(
            "create-failure-leaves-nothing", "runtime.md#errors",
            "a create that fails leaves neither container nor group"
        ) { bench in
            bench.linux.cgroupsPath = "/\(bench.id)"
            bench.addMount("/data", type: "no-such-type", source: "none")
            try bench.mustRefuseCreate("a file system of an unknown type")
            try expectEqual(Cgroups.directories(named: bench.id), [], "what is left of the group")
        },
        ConformanceCase(
            "create-after-failure", "runtime.md#errors", "the id of a create that failed can be used at once"
        ) { bench in
            bench.addMount("/data", type: "no-such-type", source: "none")
            try bench.mustRefuseCreate("a file system of an unknown type")
            bench.spec.mounts.removeLast()
            try bench.create()
            try expectEqual(bench.status(), "created", "status")
        },
        ConformanceCase(
            "create-invalid-json", "runtime.md#create", "a config.json that is no JSON is refused"
        ) { bench in
            let file = bench.bundle.appending("config.json")
            try HostFile.replace(file, with: Array("{\"ociVersion\": ".utf8), durability: .boot)
            let result = try bench.call(["create", "--bundle", bench.bundle.string, bench.id])
            try expect(result.isRefusal, "create gives \(result.summary)")
            try expect(try bench.call(["state", bench.id]).isRefusal, "a container is there")
        },
        ConformanceCase(
            "create-without-process", "runtime.md#create", "a container without a process can be created"
        ) { bench in
            bench.spec.process = nil
            let result = try bench.tryCreate()
            try expect(result.exitCode == 0, "create gives \(result.summary)")
            try expectEqual(bench.status(), "created", "status")
        },
        ConformanceCase("create-in-parallel", "runtime.md#create", "of two creates with one id one wins") { bench in
            try bench.writeConfiguration()
            let script = """
                "$0" "$@" & first=$!; "$0" "$@" & second=$!
                wait $first; a=$?; wait $second; b=$?
                [ $a = 0 ] && [ $b != 0 ] || { [ $a != 0 ] && [ $b = 0 ]; }
                """
            bench.wrapper = ["/bin/sh", "-c", script]
            let result = try bench.call([
                "create", "--bundle", bench.bundle.string, "--pid-file", "\(bench.bundle)/pid", bench.id,
            ])
            bench.wrapper = []
            try expect(result.exitCode == 0, "not exactly one create succeeds: \(result.error)")
            try expectEqual(bench.status(), "created", "status")
        },
    ]

    static let startCases: [ConformanceCase] = [
        ConformanceCase("start-runs", "runtime.md#start", "start runs the program of the configuration") { bench in
            try expectEqual(bench.run("echo started").output, "started", "the output")
        },
        ConformanceCase("start-without-id", "runtime.md#start", "start without an id is an error") { bench in
            try expect(try bench.call(["start"]).isRefusal, "start without an id succeeds")
        },
        ConformanceCase("start-of-nothing", "runtime.md#start", "start of an unknown container is an error") { bench in
            try expect(try bench.call(["start", bench.id]).isRefusal, "start of an unknown container succeeds")
        },
        ConformanceCase(
            "start-twice", "runtime.md#start", "start of a running container is an error without effect"
        ) { bench in
            try bench.launch("echo x >> /count; sleep 1000")
            try eventually("the program runs") { HostFile.exists(bench.root.appending("count")) }
            let second = try bench.call(["start", bench.id])
            try expect(second.isRefusal, "the second start gives \(second.summary)")
            try expectEqual(bench.status(), "running", "status")
            try expectEqual(bench.text("count"), "x", "what the program wrote")
        },
        ConformanceCase("start-stopped", "runtime.md#start", "start of a stopped container is an error without effect")
        {
            bench in
            try bench.run("echo x >> /count")
            try bench.waitForStatus("stopped")
            let second = try bench.call(["start", bench.id])
            try expect(second.isRefusal, "start gives \(second.summary)")
            try expectEqual(bench.status(), "stopped", "status")
            try expectEqual(bench.text("count"), "x", "what the program wrote")
        },
        ConformanceCase(
            "start-without-process", "runtime.md#start", "start without a process in the configuration fails"
        ) { bench in
            bench.spec.process = nil
            let created = try bench.tryCreate()
            guard created.exitCode == 0 else { throw Failure.skipped("create refuses it: \(created.summary)") }
            try expect(try bench.call(["start", bench.id]).isRefusal, "start succeeds")
        },
        ConformanceCase(
            "start-exit-code", "runtime.md#start", "the container's process is the program itself"
        ) { bench in
            try expectEqual(bench.run("exit 7").exitCode, 7, "exit code")
        },
        ConformanceCase("start-status", "runtime.md#start", "when start returns the status is running") { bench in
            try bench.launch("while :; do sleep 1; done")
            try expectEqual(bench.status(), "running", "status")
        },
    ]
}
