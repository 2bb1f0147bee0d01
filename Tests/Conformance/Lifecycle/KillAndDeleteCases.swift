import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let killCases: [ConformanceCase] = [
        ConformanceCase("kill-without-id", "runtime.md#kill", "kill without an id is an error") { bench in
            try expect(try bench.call(["kill"]).isRefusal, "kill without an id succeeds")
        },
        ConformanceCase("kill-of-nothing", "runtime.md#kill", "kill of an unknown container is an error") { bench in
            try expect(try bench.call(["kill", bench.id, "KILL"]).isRefusal, "kill of an unknown container succeeds")
        },
        ConformanceCase("kill-stopped", "runtime.md#kill", "kill of a stopped container is an error") { bench in
            try bench.run("true")
            try bench.waitForStatus("stopped")
            let result = try bench.call(["kill", bench.id, "KILL"])
            try expect(result.isRefusal, "kill gives \(result.summary)")
            try expectEqual(bench.status(), "stopped", "status")
        },
        ConformanceCase(
            "kill-sends-that-signal", "runtime.md#kill", "the process gets the signal that was given"
        ) { bench in
            try bench.launch("trap 'echo usr1; exit 4' USR1; echo ready > /ready; while :; do sleep 0.01; done")
            try eventually("the trap is set") { HostFile.exists(bench.root.appending("ready")) }
            try bench.signal("USR1")
            let result = try bench.finish()
            try expectEqual(result.output, "usr1", "the output")
            try expectEqual(result.exitCode, 4, "exit code")
        },
        ConformanceCase("kill-by-number", "runtime.md#kill", "a signal can be given by its number") { bench in
            try bench.launch("trap 'exit 5' USR2; echo ready > /ready; while :; do sleep 0.01; done")
            try eventually("the trap is set") { HostFile.exists(bench.root.appending("ready")) }
            try bench.signal("\(SIGUSR2)")
            try expectEqual(bench.finish().exitCode, 5, "exit code")
        },
        ConformanceCase("kill-created", "runtime.md#kill", "a created container can be killed") { bench in
            try bench.create()
            try bench.stop()
            try bench.waitForStatus("stopped")
        },
        ConformanceCase("kill-unknown-signal", "runtime.md#kill", "a signal that does not exist is an error") { bench in
            try bench.launch()
            try expect(try bench.call(["kill", bench.id, "NOSUCH"]).isRefusal, "the signal NOSUCH is accepted")
            try expectEqual(bench.status(), "running", "status")
        },
        ConformanceCase(
            "kill-harmless-signal", "runtime.md#kill", "a signal that is ignored leaves the container running"
        ) { bench in
            try bench.launch("trap '' TERM; echo ready > /ready; while :; do sleep 0.01; done")
            try eventually("the trap is set") { HostFile.exists(bench.root.appending("ready")) }
            try bench.signal("TERM")
            try expectEqual(bench.status(), "running", "status")
        },
    ]

    static let deleteCases: [ConformanceCase] = [
        ConformanceCase("delete-without-id", "runtime.md#delete", "delete without an id is an error") { bench in
            try expect(try bench.call(["delete"]).isRefusal, "delete without an id succeeds")
        },
        ConformanceCase(
            "delete-of-nothing", "runtime.md#delete", "delete of an unknown container is an error"
        ) { bench in
            try expect(try bench.call(["delete", bench.id]).isRefusal, "delete of an unknown container succeeds")
        },
        ConformanceCase(
            "delete-running", "runtime.md#delete", "delete of a running container is an error without effect"
        ) { bench in
            try bench.launch()
            let result = try bench.call(["delete", bench.id])
            try expect(result.isRefusal, "delete gives \(result.summary)")
            try expectEqual(bench.status(), "running", "status")
            try expect(kill(bench.pid, 0) == 0, "the process is gone")
        },
        ConformanceCase("delete-forgets", "runtime.md#delete", "after delete the container is unknown") { bench in
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expect(try bench.call(["state", bench.id]).isRefusal, "state still knows it")
        },
        ConformanceCase("delete-frees-id", "runtime.md#delete", "after delete the id can be used again") { bench in
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expectEqual(bench.run("echo again").output, "again", "the output")
        },
        ConformanceCase(
            "delete-removes-groups", "runtime.md#delete", "delete removes the control groups that create made"
        ) { bench in
            bench.linux.cgroupsPath = "/\(bench.id)"
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expectEqual(Cgroups.directories(named: bench.id), [], "what is left of the groups")
        },
        ConformanceCase("delete-keeps-foreign", "runtime.md#delete", "delete keeps what create did not make") { bench in
            try bench.addBind("kept", at: "/data", options: ["bind", "rw"])
            try bench.run("echo kept > /data/file; echo kept > /file")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expectEqual(bench.bundleText("kept/file"), "kept", "the file of the bind mount")
            try expectEqual(bench.text("file"), "kept", "the file of the root")
        },
        ConformanceCase("delete-keeps-bundle", "runtime.md#delete", "delete keeps the bundle") { bench in
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            try expect(HostFile.exists(bench.bundle.appending("config.json")), "config.json is gone")
            try expect(HostFile.exists(bench.root.appending("bin/busybox")), "the root file system is gone")
        },
        ConformanceCase(
            "delete-leaves-no-mount", "runtime.md#delete", "after delete no mount is left on the host"
        ) { bench in
            bench.addMount("/tmp", type: "tmpfs", source: "tmpfs")
            try bench.run("true")
            try bench.waitForStatus("stopped")
            try bench.delete()
            let left = procText("/proc/self/mountinfo")?.lines.filter { $0.contains("\(bench.bundle)/") } ?? []
            try expectEqual(left, [], "what is mounted")
        },
    ]
}
