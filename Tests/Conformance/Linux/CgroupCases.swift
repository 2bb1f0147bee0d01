import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    private static let section = "config-linux.md#cgroups-path"
    private static let memoryNeed = [HostNeed.controller("memory")]

    static let cgroupPathCases: [ConformanceCase] = [
        ConformanceCase(
            "cgroup-absolute", section, "an absolute path counts from the mount of the hierarchy", needs: memoryNeed
        ) { bench in
            bench.linux.cgroupsPath = "/\(bench.id)/inner"
            try bench.create()
            let found = try Cgroups.directory(of: bench.pid, "memory").string
            try expect(found.hasSuffix("/\(bench.id)/inner"), "the group is \(found)")
            try expect(
                found.split(separator: "/").count - (Cgroups.isUnified ? 3 : 4) == 2, "the group \(found) is elsewhere")
        },
        ConformanceCase(
            "cgroup-every-controller", section, "the path is the same for every controller", needs: memoryNeed
        ) { bench in
            bench.linux.cgroupsPath = "/\(bench.id)"
            try bench.create()
            for controller in ["memory", "cpu", "pids", "devices", "freezer"] where Cgroups.hasController(controller) {
                let found = try Cgroups.directory(of: bench.pid, controller).string
                try expect(found.hasSuffix("/\(bench.id)"), "the group of \(controller) is \(found)")
            }
        },
        ConformanceCase(
            "cgroup-relative", section, "a relative path always means the same place", needs: memoryNeed
        ) { bench in
            bench.linux.cgroupsPath = bench.id
            try bench.create()
            let first = try Cgroups.directory(of: bench.pid, "memory")
            try expect(first.string.hasSuffix("/\(bench.id)"), "the group is \(first)")
            try bench.stop()
            try bench.waitForStatus("stopped")
            try bench.delete()
            try bench.create()
            try expectEqual(Cgroups.directory(of: bench.pid, "memory"), first, "the second container's group")
        },
        ConformanceCase(
            "cgroup-default", section, "without a path every container has a group of its own", needs: memoryNeed
        ) { bench in
            let other = try bench.sibling("other")
            try bench.create()
            try other.create()
            let own = try Cgroups.directory(of: bench.pid, "memory")
            try expect(try Cgroups.directory(of: other.pid, "memory") != own, "both containers are in \(own)")
        },
        ConformanceCase(
            "cgroup-made", section, "a group that is not there is made, parents included", needs: memoryNeed
        ) { bench in
            bench.linux.cgroupsPath = "/\(bench.id)/a/b/c"
            try bench.create()
            try expect(
                try Cgroups.directory(of: bench.pid, "memory").string.hasSuffix("/a/b/c"), "the group is elsewhere")
        },
        ConformanceCase(
            "cgroup-frozen", "config-linux.md#control-groups", "a container in a frozen group is refused, or runs",
            needs: [.controller("freezer"), .absence("/sys/fs/cgroup/cgroup.controllers")]
        ) { bench in
            let group = FilePath("/sys/fs/cgroup/freezer/\(bench.id)")
            try HostDirectory.create(group)
            bench.linux.cgroupsPath = "/\(bench.id)"
            bench.timeout = .seconds(5)
            try setFreezer(group, "FROZEN")
            let outcome = Result { try bench.launchOrBeRefused() }
            try setFreezer(group, "THAWED")
            try outcome.get()
            try eventually("the program runs") { try bench.proc("cmdline").contains("sleep") }
        },
        ConformanceCase(
            "cgroup-namespace-root", "config-linux.md#namespaces", "in a new cgroup namespace the group is /"
        ) { bench in
            bench.useNamespace(.cgroup)
            bench.linux.cgroupsPath = "/\(bench.id)"
            let lines = try bench.run("cat /proc/self/cgroup").output.lines
            let paths = Set(lines.compactMap { $0.split(separator: ":", omittingEmptySubsequences: false).last })
            try expectEqual(paths, ["/"], "the paths in the container")
        },
    ]

    private static func setFreezer(_ group: FilePath, _ state: String) throws {
        _ = try LiveCommandRunner().check(Command("/bin/sh", ["-c", "echo \(state) > \(group)/freezer.state"]))
    }
}
