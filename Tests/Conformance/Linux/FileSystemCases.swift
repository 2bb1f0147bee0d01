import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static func fileSystem(_ path: String, _ type: String) -> ConformanceCase {
        ConformanceCase(
            "file-system-\(type)\(path == "/dev/shm" ? "-shm" : "")", "config-linux.md#default-filesystems",
            "\(path) is a \(type)"
        ) { bench in
            try bench.create()
            try expectEqual(bench.mount(at: path).type, type, "type of \(path)")
        }
    }

    static let fileSystemCases: [ConformanceCase] = [
        fileSystem("/proc", "proc"), fileSystem("/sys", "sysfs"), fileSystem("/dev/pts", "devpts"),
        fileSystem("/dev/shm", "tmpfs"),
        ConformanceCase(
            "proc-of-namespace", "config-linux.md#default-filesystems", "/proc shows the container's processes"
        ) { bench in
            try expectEqual(bench.run("echo $$; cat /proc/1/comm; true").output, "1\nsh", "process 1")
        },
        ConformanceCase(
            "dev-links", "runtime-linux.md#dev-symbolic-links", "/dev has fd, stdin, stdout and stderr"
        ) { bench in
            let script = "for name in fd stdin stdout stderr; do readlink /dev/$name; done"
            try expectEqual(
                bench.run(script).output.lines,
                ["/proc/self/fd", "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2"], "the links")
        },
        ConformanceCase(
            "dev-links-work", "runtime-linux.md#dev-symbolic-links", "what goes to /dev/stdout comes out"
        ) { bench in
            try expectEqual(bench.run("echo through > /dev/stdout").output, "through", "the output")
        },
    ]

    static let pathCases: [ConformanceCase] = [
        ConformanceCase("masked-file", "config-linux.md#masked-paths", "a masked file cannot be read") { bench in
            try bench.put("secret", at: "etc/secret")
            bench.linux.maskedPaths = ["/etc/secret"]
            try expectEqual(bench.run("cat /etc/secret").output, "", "the output")
        },
        ConformanceCase(
            "masked-directory", "config-linux.md#masked-paths", "a masked directory shows nothing"
        ) { bench in
            try bench.put("secret", at: "data/secret")
            bench.linux.maskedPaths = ["/data"]
            try expectEqual(bench.run("ls -A /data").output, "", "the output")
        },
        ConformanceCase(
            "masked-not-writable", "config-linux.md#masked-paths", "a masked directory takes no files"
        ) { bench in
            bench.linux.maskedPaths = ["/data"]
            try expectEqual(bench.run("echo > /data/x || echo refused").output, "refused", "the output")
        },
        ConformanceCase(
            "masked-proc", "config-linux.md#masked-paths", "a masked file of /proc cannot be read"
        ) { bench in
            bench.linux.maskedPaths = ["/proc/kcore", "/proc/version"]
            try expectEqual(bench.run("cat /proc/version").output, "", "the output")
        },
        ConformanceCase(
            "masked-missing", "config-linux.md#masked-paths", "a path that is not there needs no mask"
        ) { bench in
            bench.linux.maskedPaths = ["/no/such/place"]
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase(
            "masked-relative", "config-linux.md#masked-paths", "a relative masked path is refused"
        ) { bench in
            bench.linux.maskedPaths = ["etc/secret"]
            try bench.mustRefuse("a relative masked path")
        },
        ConformanceCase(
            "readonly-path", "config-linux.md#readonly-paths", "a read-only path cannot be written"
        ) { bench in
            bench.linux.readonlyPaths = ["/data"]
            try expectEqual(bench.run("echo > /data/x || echo refused").output, "refused", "the output")
        },
        ConformanceCase("readonly-file", "config-linux.md#readonly-paths", "a read-only file can be read, not written")
        {
            bench in
            try bench.put("text\n", at: "data/file")
            bench.linux.readonlyPaths = ["/data/file"]
            try expectEqual(
                bench.run("cat /data/file; echo > /data/file || echo refused").output, "text\nrefused", "output")
        },
        ConformanceCase(
            "readonly-proc-sys", "config-linux.md#readonly-paths", "a read-only /proc/sys cannot be written"
        ) { bench in
            bench.grant("CAP_SYS_ADMIN")
            bench.linux.readonlyPaths = ["/proc/sys"]
            let script = "echo other > /proc/sys/kernel/hostname || echo refused"
            try expectEqual(bench.run(script).output, "refused", "the output")
        },
        ConformanceCase(
            "readonly-missing", "config-linux.md#readonly-paths", "a path that is not there need not be read-only"
        ) { bench in
            bench.linux.readonlyPaths = ["/no/such/place"]
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase(
            "readonly-relative", "config-linux.md#readonly-paths", "a relative read-only path is refused"
        ) { bench in
            bench.linux.readonlyPaths = ["data"]
            try bench.mustRefuse("a relative read-only path")
        },
        ConformanceCase(
            "mount-label", "config-linux.md#mount-label",
            "a mount label on a kernel without SELinux is refused or ignored",
            needs: [.absence("/sys/fs/selinux")]
        ) { bench in
            bench.linux.mountLabel = "system_u:object_r:container_file_t:s0"
            let created = try bench.tryCreate()
            try expect(created.exitCode == 0 || created.isRefusal, "create crashes: \(created.summary)")
        },
    ]
}
