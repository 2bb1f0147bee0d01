import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let section = "config-linux.md#user-namespace-mappings"

    static let userNamespaceCases: [ConformanceCase] = [
        ConformanceCase("user-map", section, "the mappings are those of the configuration", needs: [.namespace("user")])
        {
            bench in
            mapAll(bench)
            try bench.create()
            try expectEqual(
                bench.proc("uid_map").split(separator: " ").map(String.init), ["0", "100000", "65536"], "uid_map")
            try expectEqual(
                bench.proc("gid_map").split(separator: " ").map(String.init), ["0", "200000", "65536"], "gid_map")
        },
        ConformanceCase(
            "user-map-two", section, "several mappings are all made", needs: [.namespace("user")]
        ) { bench in
            bench.useNamespace(.user)
            let mappings = [
                IDMapping(containerID: 0, hostID: 100_000, size: 10),
                IDMapping(containerID: 1000, hostID: 300_000, size: 5),
            ]
            bench.linux.uidMappings = mappings
            bench.linux.gidMappings = mappings
            try bench.create()
            try expectEqual(
                bench.proc("uid_map").lines.map { $0.split(separator: " ").map(String.init) },
                [["0", "100000", "10"], ["1000", "300000", "5"]], "uid_map")
        },
        ConformanceCase("user-map-process", section, "root of the container is the mapped user on the host") { bench in
            mapAll(bench)
            try bench.create()
            try expectEqual(bench.proc("status").field("Uid"), "100000 100000 100000 100000", "Uid on the host")
        },
        ConformanceCase("user-map-user", section, "the user is one of the container's view") { bench in
            mapAll(bench)
            bench.process.user = UserSpec(uid: 1000, gid: 1000)
            try expectEqual(bench.run("id -u; id -g").output, "1000\n1000", "the ids")
        },
        ConformanceCase("user-map-files", section, "files of the container belong to the mapped user") { bench in
            mapAll(bench)
            try bench.run("echo > /file")
            let command = Command(try Command.locate("stat"), ["-c", "%u:%g", "\(bench.root)/file"])
            let owner = String(decoding: try LiveCommandRunner().check(command).output, as: UTF8.self)
            try expectEqual(owner, "100000:200000\n", "the owner on the host")
        },
        ConformanceCase("user-map-keeps-owners", section, "the owners of the root are left alone") { bench in
            mapAll(bench)
            try bench.run("true")
            let command = Command(try Command.locate("stat"), ["-c", "%u:%g", "\(bench.root)/bin"])
            let owner = String(decoding: try LiveCommandRunner().check(command).output, as: UTF8.self)
            try expectEqual(owner, "0:0\n", "the owner on the host")
        },
        ConformanceCase(
            "user-map-without-namespace", section, "mappings without a user namespace are refused"
        ) { bench in
            bench.linux.uidMappings = [IDMapping(containerID: 0, hostID: 100_000, size: 65_536)]
            bench.linux.gidMappings = [IDMapping(containerID: 0, hostID: 100_000, size: 65_536)]
            try bench.mustRefuse("mappings without a user namespace")
        },
        ConformanceCase("user-map-devices", section, "default devices work in a user namespace") { bench in
            mapAll(bench)
            try expectEqual(bench.run("echo x > /dev/null && head -c 3 /dev/zero | wc -c").output, "3", "the output")
        },
    ]

    private static let time = "config-linux.md#offset-for-time-namespace"

    static let timeCases: [ConformanceCase] = [
        ConformanceCase(
            "time-offset", time, "the clocks go by the offsets given", needs: [.namespace("time")]
        ) { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.useNamespace(.time)
            bench.linux.timeOffsets = [
                "boottime": LinuxTimeOffset(secs: 1_000_000), "monotonic": LinuxTimeOffset(secs: 7),
            ]
            let lines = try bench.runOrBeRefused("cat /proc/self/timens_offsets").output.lines
            let found = lines.map { $0.split(separator: " ").map(String.init) }
            try expect(found.contains(["monotonic", "7", "0"]), "the offsets are \(found)")
            try expect(found.contains(["boottime", "1000000", "0"]), "the offsets are \(found)")
        },
        ConformanceCase(
            "time-uptime", time, "the container's uptime follows its offset", needs: [.namespace("time")]
        ) { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.useNamespace(.time)
            bench.linux.timeOffsets = ["boottime": LinuxTimeOffset(secs: 1_000_000)]
            let text = try bench.runOrBeRefused("cat /proc/uptime").output
            try expect((Double(text.split(separator: " ").first ?? "") ?? 0) > 1_000_000, "the uptime is \(text)")
        },
        ConformanceCase("time-without-namespace", time, "offsets without a time namespace are refused") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.linux.timeOffsets = ["boottime": LinuxTimeOffset(secs: 1000)]
            try bench.mustRefuse("offsets without a time namespace")
        },
        ConformanceCase(
            "time-unknown-clock", time, "an unknown clock is refused", needs: [.namespace("time")]
        ) { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.useNamespace(.time)
            bench.linux.timeOffsets = ["nosuch": LinuxTimeOffset(secs: 1000)]
            try bench.mustRefuse("an unknown clock")
        },
    ]
}
