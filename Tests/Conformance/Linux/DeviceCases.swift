import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let section = "config-linux.md#devices"

    /// `type major:minor mode uid:gid` of a file, numbers in decimal but for the mode.
    private static func look(_ path: String) -> String {
        "stat -c '%F %t:%T %a %u:%g' \(path)"
    }

    private static func present(_ path: String, _ numbers: String) -> ConformanceCase {
        ConformanceCase(
            "device-default\(path.split(separator: "/").map { "-\($0)" }.joined().dropFirst(4))",
            "config-linux.md#default-devices", "\(path) is there without being asked for"
        ) { bench in
            try expectEqual(
                bench.run("stat -c '%F %t:%T' \(path)").output, "character special file \(numbers)", path)
        }
    }

    static let defaultDeviceCases: [ConformanceCase] = [
        present("/dev/null", "1:3"), present("/dev/zero", "1:5"), present("/dev/full", "1:7"),
        present("/dev/random", "1:8"), present("/dev/urandom", "1:9"), present("/dev/tty", "5:0"),
        ConformanceCase(
            "device-default-ptmx", "config-linux.md#default-devices", "/dev/ptmx is the container's own"
        ) { bench in
            let script = "test -e /dev/ptmx && { readlink /dev/ptmx || stat -c %t:%T /dev/ptmx; }"
            let text = try bench.run(script).output
            try expect(["pts/ptmx", "/dev/pts/ptmx", "5:2"].contains(text), "/dev/ptmx is \(text)")
        },
        ConformanceCase(
            "device-default-usable", "config-linux.md#default-devices", "the default devices can be used"
        ) { bench in
            let script = """
                echo x > /dev/null && head -c 2 /dev/zero | wc -c && head -c 2 /dev/urandom | wc -c
                echo x > /dev/full || echo full
                """
            try expectEqual(bench.run(script).output, "2\n2\nfull", "the output")
        },
        ConformanceCase("device-default-user", "config-linux.md#default-devices", "every user can use them") { bench in
            bench.process.user.uid = 1000
            try expectEqual(bench.run("echo x > /dev/null && head -c 2 /dev/zero | wc -c").output, "2", "the output")
        },
        ConformanceCase(
            "device-default-no-host", "config-linux.md#default-devices", "devices of the host are not there"
        ) { bench in
            let script = "for f in /dev/*; do test -b $f && echo $f; done; ls /dev/mem /dev/kmsg /dev/loop0 2>/dev/null"
            try expectEqual(bench.run(script).output, "", "further devices")
        },
    ]

    static let deviceCases: [ConformanceCase] = [
        ConformanceCase("device-char", section, "a character device has the numbers, mode and owner given") { bench in
            bench.linux.devices = [
                LinuxDevice(path: "/dev/made", type: "c", major: 10, minor: 229, fileMode: 0o640, uid: 12, gid: 34)
            ]
            try expectEqual(
                bench.run(look("/dev/made")).output, "character special file a:e5 640 12:34", "the device")
        },
        ConformanceCase("device-unbuffered", section, "type u is a character device") { bench in
            bench.linux.devices = [LinuxDevice(path: "/dev/made", type: "u", major: 10, minor: 229, fileMode: 0o600)]
            try expectEqual(bench.run(look("/dev/made")).output, "character special file a:e5 600 0:0", "the device")
        },
        ConformanceCase("device-block", section, "a block device has the numbers, mode and owner given") { bench in
            bench.linux.devices = [
                LinuxDevice(path: "/dev/made", type: "b", major: 8, minor: 17, fileMode: 0o600, uid: 0, gid: 6)
            ]
            try expectEqual(bench.run(look("/dev/made")).output, "block special file 8:11 600 0:6", "the device")
        },
        ConformanceCase("device-fifo", section, "type p is a fifo, which needs no numbers") { bench in
            bench.linux.devices = [LinuxDevice(path: "/dev/made", type: "p", fileMode: 0o666)]
            try expectEqual(bench.run("stat -c '%F %a' /dev/made").output, "fifo 666", "the device")
        },
        ConformanceCase("device-mode-exact", section, "the mode does not depend on the runtime's umask") { bench in
            bench.wrapper = ["/bin/sh", "-c", "umask 077; exec \"$0\" \"$@\""]
            bench.linux.devices = [LinuxDevice(path: "/dev/made", type: "c", major: 1, minor: 3, fileMode: 0o666)]
            try expectEqual(bench.run("stat -c %a /dev/made").output, "666", "the mode")
        },
        ConformanceCase("device-outside-dev", section, "a device can be anywhere") { bench in
            bench.linux.devices = [
                LinuxDevice(path: "/opt/deep/made", type: "c", major: 1, minor: 3, fileMode: 0o666)
            ]
            try expectEqual(bench.run("stat -c %t:%T /opt/deep/made").output, "1:3", "the device")
        },
        ConformanceCase(
            "device-replaces-default", section, "a default device can be given with another mode"
        ) { bench in
            bench.linux.devices = [
                LinuxDevice(path: "/dev/null", type: "c", major: 1, minor: 3, fileMode: 0o666, uid: 0, gid: 5)
            ]
            bench.linux.resources?.devices.append(
                LinuxDeviceRule(allow: true, type: "c", major: 1, minor: 3, access: "rwm"))
            try expectEqual(bench.run("stat -c '%t:%T %g' /dev/null").output, "1:3 5", "the device")
        },
        ConformanceCase(
            "device-existing-file", section, "a file of another kind at the device's place is an error"
        ) { bench in
            try bench.put("text", at: "data/made")
            bench.linux.devices = [LinuxDevice(path: "/data/made", type: "c", major: 1, minor: 3, fileMode: 0o666)]
            try bench.mustRefuseCreate("a plain file at the device's place")
            try expectEqual(bench.text("data/made"), "text", "the file")
        },
        ConformanceCase("device-relative", section, "a device with a relative path is refused") { bench in
            bench.linux.devices = [LinuxDevice(path: "dev/made", type: "c", major: 1, minor: 3, fileMode: 0o666)]
            try bench.mustRefuse("a relative device")
        },
        ConformanceCase("device-unknown-type", section, "an unknown type of device is refused") { bench in
            bench.linux.devices = [LinuxDevice(path: "/dev/made", type: "x", major: 1, minor: 3)]
            try bench.mustRefuse("an unknown type of device")
        },
        ConformanceCase("device-without-numbers", section, "a device without numbers is refused") { bench in
            bench.set("linux", "devices", to: [["path": "/dev/made", "type": "c"]])
            try bench.mustRefuse("a device without numbers")
        },
    ]

    private static let rules = "config-linux.md#allowed-device-list"

    /// Rules, and whether a program may then open /dev/made (1:8, random) for reading.
    private static func rule(
        _ name: String, _ title: String, _ list: [LinuxDeviceRule], opens: Bool
    ) -> ConformanceCase {
        ConformanceCase("device-rule-\(name)", rules, title, needs: [.controller("devices")]) { bench in
            bench.linux.devices = [LinuxDevice(path: "/dev/made", type: "c", major: 10, minor: 237, fileMode: 0o666)]
            var resources = LinuxResources()
            resources.devices = list
            bench.linux.resources = resources
            let text = try bench.run("{ cat < /dev/made; } 2>&1 >/dev/null | grep -c 'not permitted'").output
            try expectEqual(text, opens ? "0" : "1", "the number of refusals")
        }
    }

    private static let nothing = LinuxDeviceRule(allow: false, access: "rwm")
    private static let loop = LinuxDeviceRule(allow: true, type: "c", major: 10, minor: 237, access: "rwm")

    static let deviceRuleCases: [ConformanceCase] = [
        rule("deny", "a device outside the list cannot be opened", [nothing], opens: false),
        rule("allow", "a device of the list can be opened", [nothing, loop], opens: true),
        rule(
            "order", "rules count in the listed order",
            [
                nothing, loop, LinuxDeviceRule(allow: false, type: "c", major: 10, minor: 237, access: "rwm"),
            ], opens: false),
        rule(
            "any-minor", "a rule without minor is for all of them",
            [nothing, LinuxDeviceRule(allow: true, type: "c", major: 10, access: "rwm")], opens: true),
        rule(
            "access", "a rule allows what it names only",
            [nothing, LinuxDeviceRule(allow: true, type: "c", major: 10, minor: 237, access: "w")], opens: false),
        ConformanceCase("device-rule-defaults", rules, "with everything denied the default devices work") { bench in
            var resources = LinuxResources()
            resources.devices = [nothing]
            bench.linux.resources = resources
            try expectEqual(bench.run("echo x > /dev/null && head -c 2 /dev/zero | wc -c").output, "2", "the output")
        },
        ConformanceCase("device-rule-invalid", rules, "a rule with an unknown type is refused") { bench in
            var resources = LinuxResources()
            resources.devices = [LinuxDeviceRule(allow: true, type: "x", access: "rwm")]
            bench.linux.resources = resources
            try bench.mustRefuse("a rule of type x")
        },
    ]
}
