import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let section = "config-linux.md#namespaces"

    /// What a kind is called in `/proc/PID/ns`.
    private static func file(_ kind: LinuxNamespaceKind) -> String {
        switch kind {
        case .network: "net"
        case .mount: "mnt"
        default: kind.rawValue
        }
    }

    private static func new(_ kind: LinuxNamespaceKind) -> ConformanceCase {
        ConformanceCase(
            "namespace-new-\(kind.rawValue)", section, "a \(kind.rawValue) namespace without a path is a new one",
            needs: [.namespace(file(kind))]
        ) { bench in
            bench.useNamespace(kind)
            if kind == .user { mapAll(bench) }
            // The youngest kind: runtimes of version 1.0 do not know it.
            if kind == .time { try bench.launchOrBeRefused() } else { try bench.create() }
            let own = try namespaceName(of: "self", file(kind))
            try expect(try bench.namespace(file(kind)) != own, "the container is in the runtime's namespace \(own)")
        }
    }

    private static func inherited(_ kind: LinuxNamespaceKind) -> ConformanceCase {
        ConformanceCase(
            "namespace-inherited-\(kind.rawValue)", section,
            "without a \(kind.rawValue) namespace the runtime's is used",
            needs: [.namespace(file(kind))]
        ) { bench in
            bench.shareNamespace(kind)
            // A sysfs needs a network namespace of its own.
            if kind == .network { bench.spec.mounts.removeAll { $0.destination.hasPrefix("/sys") } }
            if kind == .ipc { bench.spec.mounts.removeAll { $0.type == "mqueue" } }
            try bench.create()
            try expectEqual(bench.namespace(file(kind)), namespaceName(of: "self", file(kind)), "the namespace")
        }
    }

    private static func joined(_ kind: LinuxNamespaceKind) -> ConformanceCase {
        ConformanceCase(
            "namespace-path-\(kind.rawValue)", section, "a \(kind.rawValue) namespace with a path is joined",
            needs: [.namespace(file(kind))]
        ) { bench in
            let holder = try bench.sibling("holder")
            holder.useNamespace(kind)
            try holder.create()
            bench.useNamespace(kind, path: "/proc/\(holder.pid)/ns/\(file(kind))")
            try bench.create()
            try expectEqual(bench.namespace(file(kind)), holder.namespace(file(kind)), "the namespace")
        }
    }

    private static let kinds: [LinuxNamespaceKind] = [.pid, .network, .mount, .ipc, .uts, .user, .cgroup, .time]

    static let namespaceCases: [ConformanceCase] =
        kinds.map(new) + [.pid, .network, .ipc, .uts, .cgroup, .user, .time].map(inherited) + [
            ConformanceCase(
                "namespace-pid-first", section, "in a new pid namespace the program is process 1"
            ) { bench in
                try expectEqual(bench.run("echo $$").output, "1", "the process's id")
            },
            ConformanceCase("namespace-network-own", section, "a new network namespace has a loopback of its own only")
            {
                bench in
                let names = try bench.run("ls /sys/class/net").output.split(separator: "\n").filter { $0 != "lo" }
                let fallback: Set<Substring> = ["tunl0", "sit0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip_vti0"]
                try expectEqual(names.filter { !fallback.contains($0) }, [], "further interfaces")
            },
            ConformanceCase("namespace-ipc-own", section, "shared memory of the host is not seen") { bench in
                try expectEqual(bench.run("cat /proc/sysvipc/shm | wc -l").output, "1", "the lines of the list")
            },
            ConformanceCase("namespace-twice", section, "a kind of namespace that is given twice is refused") { bench in
                bench.linux.namespaces.append(LinuxNamespace(.ipc))
                try bench.mustRefuse("two namespaces of one kind")
            },
            ConformanceCase("namespace-unknown", section, "an unknown kind of namespace is refused") { bench in
                bench.set("linux", "namespaces", to: [["type": "mount"], ["type": "nosuch"]])
                try bench.mustRefuse("an unknown kind of namespace")
            },
        ]

    static let joinedNamespaceCases: [ConformanceCase] =
        [.network, .ipc, .uts, .pid, .cgroup].map(joined) + [
            ConformanceCase(
                "namespace-path-wrong-kind", section, "a path to a namespace of another kind is an error"
            ) { bench in
                bench.useNamespace(.network, path: "/proc/self/ns/uts")
                try bench.mustRefuseCreate("the path of a namespace of another kind")
            },
            ConformanceCase("namespace-path-missing", section, "a path to nothing is an error") { bench in
                bench.useNamespace(.network, path: "/proc/self/ns/nosuch")
                try bench.mustRefuseCreate("a path to nothing")
            },
            ConformanceCase("namespace-path-file", section, "a path to a plain file is an error") { bench in
                bench.useNamespace(.uts, path: "/etc/passwd")
                try bench.mustRefuseCreate("a path to a plain file")
            },
            ConformanceCase("namespace-path-relative", section, "a relative path is refused") { bench in
                bench.useNamespace(.network, path: "self/ns/net")
                try bench.mustRefuse("a relative path")
            },
            ConformanceCase(
                "namespace-pid-shared", section, "containers of one pid namespace see each other"
            ) { bench in
                let holder = try bench.sibling("holder")
                try holder.launch("sleep 4321")
                bench.useNamespace(.pid, path: "/proc/\(holder.pid)/ns/pid")
                let script = "cat /proc/1/cmdline | tr '\\0' ' '"
                try expect(
                    try bench.run(script).output.contains("sleep 4321"), "process 1 is not the other container's")
            },
        ]

    /// Maps the first 65536 ids to ones of the host that nobody has.
    static func mapAll(_ bench: Workbench) {
        bench.useNamespace(.user)
        bench.linux.uidMappings = [IDMapping(containerID: 0, hostID: 100_000, size: 65_536)]
        bench.linux.gidMappings = [IDMapping(containerID: 0, hostID: 200_000, size: 65_536)]
    }
}
