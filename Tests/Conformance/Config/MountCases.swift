import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let mountCases: [ConformanceCase] = [
        ConformanceCase("mount-order", "config.md#mounts", "mounts are made in the listed order") { bench in
            bench.addMount("/data", type: "tmpfs", source: "outer")
            bench.addMount("/data/inner", type: "tmpfs", source: "inner")
            bench.addMount("/data/inner/most", type: "tmpfs", source: "most")
            try bench.create()
            let points = try bench.mounts().map(\.point).filter { $0.hasPrefix("/data") }
            try expectEqual(points, ["/data", "/data/inner", "/data/inner/most"], "the mounts")
        },
        ConformanceCase(
            "mount-order-hides", "config.md#mounts", "a later mount hides an earlier one below it"
        ) { bench in
            bench.addMount("/data/inner", type: "tmpfs", source: "inner")
            bench.addMount("/data", type: "tmpfs", source: "outer")
            try expectEqual(bench.run("test -e /data/inner || echo hidden").output, "hidden", "the output")
        },
        ConformanceCase("mount-twice", "config.md#mounts", "of two mounts at one place the later is seen") { bench in
            bench.addMount("/data", type: "tmpfs", source: "one", options: ["size=64k"])
            bench.addMount("/data", type: "tmpfs", source: "two", options: ["size=128k"])
            try bench.create()
            try expect(try bench.mount(at: "/data").has("size=128k"), "the first mount is seen")
        },
        ConformanceCase(
            "mount-makes-destination", "config.md#mounts", "a destination that is missing is made"
        ) { bench in
            bench.addMount("/new/deep/place", type: "tmpfs", source: "tmpfs")
            try bench.create()
            try expectEqual(bench.mount(at: "/new/deep/place").type, "tmpfs", "type")
        },
        ConformanceCase(
            "mount-type", "config.md#posix-platform-mounts", "the file system has the type that was asked for"
        ) { bench in
            bench.addMount("/data", type: "ramfs", source: "none")
            try bench.create()
            try expectEqual(bench.mount(at: "/data").type, "ramfs", "type")
        },
        ConformanceCase(
            "mount-unknown-type", "config.md#posix-platform-mounts", "an unknown type of file system is an error"
        ) { bench in
            bench.addMount("/data", type: "no-such-type", source: "none")
            try bench.mustRefuseCreate("an unknown type")
        },
        ConformanceCase(
            "mount-relative-destination", "config.md#mounts", "a relative destination is refused"
        ) { bench in
            bench.spec.ociVersion = "1.2.0"
            bench.addMount("data", type: "tmpfs", source: "tmpfs")
            // Versions up to 1.2 let a runtime take it for absolute, so only a place elsewhere breaks the promise.
            guard try bench.tryCreate().exitCode == 0 else { return }
            try expectEqual(bench.mount(at: "/data").type, "tmpfs", "type")
        },
        ConformanceCase(
            "mount-destination-missing", "config.md#mounts", "a mount without a destination is refused"
        ) { bench in
            bench.set("mounts", to: [["type": "tmpfs", "source": "tmpfs"]])
            try bench.mustRefuse("a mount without a destination")
        },
        ConformanceCase("bind-directory", "config.md#mounts", "a bind mount shows a directory of the host") { bench in
            try bench.addBind("host", at: "/data", options: ["bind"])
            try expectEqual(bench.run("echo x > /data/file").exitCode, 0, "exit code")
            try expectEqual(bench.bundleText("host/file"), "x", "the file on the host")
        },
        ConformanceCase("bind-file", "config.md#mounts", "a bind mount shows a file of the host") { bench in
            let file = bench.bundle.appending("file")
            try HostFile.replace(file, with: Array("content".utf8), mode: 0o644, durability: .boot)
            bench.addMount("/etc/file", type: "none", source: file.string, options: ["bind"])
            try expectEqual(bench.run("cat /etc/file").output, "content", "the output")
        },
        ConformanceCase("bind-relative", "config.md#mounts", "a relative source of a bind mount counts from the bundle")
        {
            bench in
            try HostDirectory.create(bench.bundle.appending("host"), mode: 0o755)
            bench.addMount("/data", type: "none", source: "host", options: ["bind"])
            try expectEqual(bench.run("echo x > /data/file").exitCode, 0, "exit code")
            try expectEqual(bench.bundleText("host/file"), "x", "the file on the host")
        },
        ConformanceCase(
            "bind-by-option", "config.md#mounts", "the option makes a bind mount, whatever the type says"
        ) { bench in
            try HostDirectory.create(bench.bundle.appending("host"), mode: 0o755)
            bench.addMount(
                "/data", type: "tmpfs", source: bench.bundle.appending("host").string, options: ["bind", "rw"])
            try expectEqual(bench.run("echo x > /data/file").exitCode, 0, "exit code")
            try expectEqual(bench.bundleText("host/file"), "x", "the file on the host")
        },
        ConformanceCase(
            "bind-missing-source", "config.md#mounts", "a bind mount of a source that is missing is an error"
        ) { bench in
            bench.addMount("/data", type: "none", source: "/no/such/place", options: ["bind"])
            try bench.mustRefuseCreate("a missing source")
        },
        ConformanceCase(
            "bind-through-link", "config.md#mounts", "a destination cannot leave the root by a symbolic link"
        ) { bench in
            let target = bench.bundle.appending("outside")
            try HostDirectory.create(target, mode: 0o755)
            guard symlink(target.string, bench.root.appending("leave").string) == 0 else {
                throw NexcageError.system("link", "leave", .current)
            }
            bench.addMount("/leave/in", type: "tmpfs", source: "tmpfs")
            guard try bench.tryCreate().exitCode == 0 else { return }
            try expectEqual(try HostDirectory.entries(target).count, 0, "the number of files made outside")
        },
        ConformanceCase(
            "mounts-do-not-leak", "config.md#mounts", "mounts of the container are not seen on the host"
        ) { bench in
            bench.addMount("/data", type: "tmpfs", source: "tmpfs")
            try bench.create()
            let seen = procText("/proc/self/mountinfo")?.lines.filter { $0.contains(" \(bench.root)/data ") } ?? []
            try expectEqual(seen, [], "what the host sees")
        },
    ]
}
