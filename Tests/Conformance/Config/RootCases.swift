import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let versionCases: [ConformanceCase] =
        ["1.0.0", "1.0.1", "1.0.2", "1.0.2-dev", "1.1.0", "1.2.0", "1.2.1", "1.3.0"].map { version in
            ConformanceCase(
                "version-\(version)", "config.md#specification-version",
                "a configuration of version \(version) is accepted"
            ) { bench in
                bench.spec.ociVersion = version
                try expectEqual(bench.run("echo ran").output, "ran", "the output")
            }
        } + [
            ConformanceCase(
                "version-missing", "config.md#specification-version", "a configuration without a version is refused"
            ) { bench in
                bench.set("ociVersion", to: nil)
                try bench.mustRefuse("a missing ociVersion")
            },
            ConformanceCase(
                "version-no-semver", "config.md#specification-version", "a version that is not semantic is refused"
            ) { bench in
                bench.set("ociVersion", to: "one")
                try bench.mustRefuse("the version one")
            },
            ConformanceCase(
                "version-2", "config.md#specification-version", "a configuration of another major version is refused"
            ) { bench in
                bench.set("ociVersion", to: "2.0.0")
                try bench.mustRefuse("the version 2.0.0")
            },
        ]

    static let rootCases: [ConformanceCase] = [
        ConformanceCase("root-relative", "config.md#root", "a relative root path counts from the bundle") { bench in
            try expectEqual(bench.run("echo x > /mark").exitCode, 0, "exit code")
            try expectEqual(bench.text("mark"), "x", "what is in the root")
        },
        ConformanceCase("root-absolute", "config.md#root", "an absolute root path is taken as it stands") { bench in
            bench.spec.root = RootSpec(path: bench.root.string)
            try expectEqual(bench.run("echo x > /mark").exitCode, 0, "exit code")
            try expectEqual(bench.text("mark"), "x", "what is in the root")
        },
        ConformanceCase("root-missing", "config.md#root", "a root directory that does not exist is an error") { bench in
            bench.spec.root = RootSpec(path: "nowhere")
            try bench.mustRefuseCreate("a missing root directory")
        },
        ConformanceCase("root-is-file", "config.md#root", "a root that is no directory is an error") { bench in
            try HostFile.replace(bench.bundle.appending("file"), with: [], durability: .boot)
            bench.spec.root = RootSpec(path: "file")
            try bench.mustRefuseCreate("a file as root")
        },
        ConformanceCase("root-absent", "config.md#root", "a configuration without root is refused") { bench in
            bench.spec.root = nil
            try bench.mustRefuse("a missing root")
        },
        ConformanceCase("root-writable", "config.md#root", "the root can be written unless it is said to be read-only")
        {
            bench in
            try expectEqual(bench.run("echo x > /new").exitCode, 0, "exit code")
        },
        ConformanceCase("root-readonly", "config.md#root", "a read-only root cannot be written") { bench in
            bench.spec.root?.readonly = true
            try expectEqual(bench.run("echo x > /new || echo refused").output, "refused", "the output")
            try expect(!HostFile.exists(bench.root.appending("new")), "the file is there")
        },
        ConformanceCase(
            "root-readonly-mounts", "config.md#root", "a read-only root keeps its mounts writable"
        ) { bench in
            bench.spec.root?.readonly = true
            bench.addMount("/tmp", type: "tmpfs", source: "tmpfs")
            try expectEqual(bench.run("echo x > /tmp/new && cat /tmp/new").output, "x", "the output")
        },
        ConformanceCase("root-no-escape", "config.md#root", "the program cannot leave its root") { bench in
            try bench.put("x", at: "mark")
            try expectEqual(bench.run("cd /../../../.. && cat mark").output, "x", "what is above the root")
        },
        ConformanceCase(
            "root-one-mount", "config.md#root", "the mount table of the container begins at its root"
        ) { bench in
            try bench.create()
            try expectEqual(bench.mounts().filter { $0.point == "/" }.count, 1, "the number of root mounts")
        },
    ]
}
