import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let section = "config-linux.md#network-devices"

    /// Puts the runtime's `create` into a network namespace that has one end of a pair of interfaces.
    private static func withInterface(_ bench: Workbench, then more: String = "true") {
        bench.spec.ociVersion = "1.3.0"
        bench.wrapper = [
            "/usr/bin/unshare", "-n", "/bin/sh", "-c",
            "ip link add nxc0 type veth peer name nxc1 && \(more) && exec \"$0\" \"$@\"",
        ]
    }

    static let networkDeviceCases: [ConformanceCase] = [
        ConformanceCase("net-device", section, "an interface is moved into the container, or refused") { bench in
            withInterface(bench)
            bench.set("linux", "netDevices", to: ["nxc0": [:]])
            try expect(
                try bench.runOrBeRefused("ls /sys/class/net").output.lines.contains("nxc0"),
                "nxc0 is not in the container")
        },
        ConformanceCase("net-device-name", section, "an interface gets its new name, or is refused") { bench in
            withInterface(bench)
            bench.set("linux", "netDevices", to: ["nxc0": ["name": "inside0"]])
            let names = try bench.runOrBeRefused("ls /sys/class/net").output.lines
            try expect(names.contains("inside0") && !names.contains("nxc0"), "the interfaces are \(names)")
        },
        ConformanceCase("net-device-addresses", section, "an interface keeps its addresses, or is refused") { bench in
            withInterface(bench, then: "ip address add 198.51.100.7/24 dev nxc0")
            bench.set("linux", "netDevices", to: ["nxc0": [:]])
            let text = try bench.runOrBeRefused("ip address show dev nxc0").output
            try expect(text.contains("198.51.100.7/24"), "the interface is \(text)")
        },
        ConformanceCase("net-device-up", section, "a moved interface is up, or it is refused") { bench in
            withInterface(bench)
            bench.set("linux", "netDevices", to: ["nxc0": [:]])
            let text = try bench.runOrBeRefused("ip link show dev nxc0").output
            try expect(text.contains("UP"), "the interface is \(text)")
        },
        ConformanceCase("net-device-missing", section, "an interface that is not there is an error") { bench in
            bench.spec.ociVersion = "1.3.0"
            bench.set("linux", "netDevices", to: ["nosuch0": [:]])
            try bench.mustRefuseCreate("an interface that is not there")
        },
        ConformanceCase(
            "net-device-without-namespace", section, "without a network namespace it is an error"
        ) { bench in
            withInterface(bench)
            bench.shareNamespace(.network)
            bench.spec.mounts.removeAll { $0.destination.hasPrefix("/sys") }
            bench.set("linux", "netDevices", to: ["nxc0": [:]])
            try bench.mustRefuse("an interface for the runtime's own namespace")
        },
        ConformanceCase("net-device-bad-name", section, "a name that no interface can have is refused") { bench in
            withInterface(bench)
            bench.set("linux", "netDevices", to: ["nxc0": ["name": "much-too-long-a-name"]])
            try bench.mustRefuse("a name of more than 15 bytes")
        },
    ]
}
