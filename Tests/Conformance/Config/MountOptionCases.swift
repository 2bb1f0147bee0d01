import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    private static let optionSection = "config.md#linux-mount-options"

    /// A tmpfs with an option, and what then stands in the mount table or must not stand there.
    ///
    /// - Parameter isRequired: whether every runtime must know the option.
    private static func flag(
        _ option: String, shows: String? = nil, hides: String? = nil, isRequired: Bool = true
    ) -> ConformanceCase {
        let name = option.prefix { $0 != "=" }
        return ConformanceCase("option-\(name)", optionSection, "the option \(option) is applied to a mount") { bench in
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: [option])
            if isRequired { try bench.create() } else { try bench.launchOrBeRefused() }
            let mount = try bench.mount(at: "/data")
            let options = (mount.options + mount.superOptions).joined(separator: ",")
            if let shows { try expect(mount.has(shows), "\(shows) is not among \(options)") }
            if let hides { try expect(!mount.has(hides), "\(hides) is among \(options)") }
        }
    }

    /// Two options of which the later wins.
    private static func pair(_ first: String, _ second: String, shows: String) -> ConformanceCase {
        ConformanceCase(
            "option-\(first)-\(second)", optionSection, "of \(first) and \(second) the later counts"
        ) { bench in
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: [first, second])
            try bench.create()
            let mount = try bench.mount(at: "/data")
            try expect(mount.has(shows), "\(shows) is not among \(mount.options.joined(separator: ","))")
        }
    }

    /// Propagation of a bind mount.
    private static func propagation(_ option: String, _ expected: String?) -> ConformanceCase {
        ConformanceCase("option-\(option)", optionSection, "the option \(option) sets a mount's propagation") { bench in
            try bench.addBind("host", at: "/data", options: ["rbind", option])
            try bench.create()
            let found = try bench.mount(at: "/data").propagation
            if let expected {
                try expect(found.contains { $0.hasPrefix(expected) }, "the propagation is \(found)")
            } else {
                try expect(
                    !found.contains { $0.hasPrefix("shared") || $0 == "unbindable" }, "the propagation is \(found)")
            }
        }
    }

    static let mountOptionCases: [ConformanceCase] = [
        flag("ro", shows: "ro"), flag("rw", shows: "rw"), flag("nosuid", shows: "nosuid"),
        flag("suid", hides: "nosuid"),
        flag("nodev", shows: "nodev"), flag("dev", hides: "nodev"), flag("noexec", shows: "noexec"),
        flag("exec", hides: "noexec"), flag("noatime", shows: "noatime"), flag("atime", hides: "noatime"),
        flag("nodiratime", shows: "nodiratime"), flag("diratime", hides: "nodiratime"),
        flag("relatime", shows: "relatime"), flag("norelatime", hides: "noatime"),
        flag("strictatime", hides: "relatime"), flag("nostrictatime", hides: "noatime"), flag("sync", shows: "sync"),
        flag("async", hides: "sync"), flag("dirsync", shows: "dirsync"), flag("lazytime", shows: "lazytime"),
        flag("nolazytime", hides: "lazytime"), flag("silent"), flag("loud"), flag("iversion"), flag("noiversion"),
        flag("defaults", shows: "rw"), flag("mode=700", shows: "mode=700"), flag("size=64k", shows: "size=64k"),
        flag("nosymfollow", shows: "nosymfollow", isRequired: false),
        flag("symfollow", hides: "nosymfollow", isRequired: false),
        pair("ro", "rw", shows: "rw"), pair("rw", "ro", shows: "ro"), pair("exec", "noexec", shows: "noexec"),
        pair("dev", "nodev", shows: "nodev"),
        propagation("private", nil), propagation("rprivate", nil), propagation("shared", "shared"),
        propagation("rshared", "shared"), propagation("slave", nil), propagation("rslave", nil),
        propagation("unbindable", "unbindable"), propagation("runbindable", "unbindable"),
        ConformanceCase(
            "option-unknown", optionSection, "an option that the file system does not know is an error"
        ) { bench in
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: ["no-such-option"])
            try bench.mustRefuseCreate("an unknown option")
        },
        ConformanceCase(
            "option-ro-bind", optionSection, "a read-only bind mount cannot be written, its source can"
        ) { bench in
            try bench.addBind("host", at: "/data", options: ["bind", "ro"])
            try expectEqual(bench.run("echo x > /data/file || echo refused").output, "refused", "the output")
            try HostFile.replace(bench.bundle.appending("host/file"), with: [], durability: .boot)
        },
        ConformanceCase("option-flags-bind", optionSection, "flags are applied to a bind mount") { bench in
            try bench.addBind("host", at: "/data", options: ["bind", "nosuid", "nodev", "noexec"])
            try bench.create()
            let mount = try bench.mount(at: "/data")
            for option in ["nosuid", "nodev", "noexec"] {
                try expect(mount.has(option), "\(option) is not among \(mount.options.joined(separator: ","))")
            }
        },
        ConformanceCase(
            "option-bind-flat", optionSection, "bind leaves out the mounts below, rbind takes them along"
        ) { bench in
            try nested(bench, "bind")
            try bench.create()
            try expect(try bench.mounts().allSatisfy { $0.point != "/data/inner" }, "the inner mount is there")
        },
        ConformanceCase("option-rbind", optionSection, "rbind takes the mounts below along") { bench in
            try nested(bench, "rbind")
            try bench.create()
            try expectEqual(bench.mount(at: "/data/inner").type, "tmpfs", "type")
        },
        ConformanceCase("option-remount", optionSection, "remount changes a mount that is there") { bench in
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: ["rw"])
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: ["remount", "ro"])
            try bench.create()
            try expectEqual(try bench.mounts().filter { $0.point == "/data" }.count, 1, "the number of mounts")
            try expect(try bench.mount(at: "/data").has("ro"), "the mount is not read-only")
        },
        ConformanceCase("option-tmpcopyup", optionSection, "tmpcopyup fills a tmpfs with what it covers") { bench in
            try bench.put("covered", at: "data/file")
            bench.addMount("/data", type: "tmpfs", source: "tmpfs", options: ["tmpcopyup"])
            try expectEqual(bench.runOrBeRefused("cat /data/file").output, "covered", "the output")
        },
    ]

    /// A directory of the host with a mount below it, made in a mount namespace around the runtime.
    static func nested(_ bench: Workbench, _ options: String..., inner: String = "rw") throws {
        let host = bench.bundle.appending("host")
        try HostDirectory.create(host.appending("inner"), mode: 0o755)
        bench.wrapper = [
            "/usr/bin/unshare", "-m", "--propagation", "private", "/bin/sh", "-c",
            "mount -t tmpfs -o \(inner) tmpfs \(host)/inner && exec \"$0\" \"$@\"",
        ]
        bench.addMount("/data", type: "none", source: host.string, options: options)
    }
}
