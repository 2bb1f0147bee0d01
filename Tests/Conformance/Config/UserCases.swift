import Glibc
import NexcageSystem
import OCISpec

extension ConformanceCase {
    private static let user = "config.md#posix-platform-user"

    static let userCases: [ConformanceCase] = [
        ConformanceCase("user-uid", user, "the program runs with the user and group given") { bench in
            bench.process.user = UserSpec(uid: 1234, gid: 5678)
            try expectEqual(bench.run("id -u; id -g").output, "1234\n5678", "the ids")
        },
        ConformanceCase("user-all-ids", user, "real, effective and saved ids are the same") { bench in
            bench.process.user = UserSpec(uid: 1234, gid: 5678)
            let status = try bench.run("cat /proc/self/status").output
            try expectEqual(status.field("Uid"), "1234 1234 1234 1234", "Uid")
            try expectEqual(status.field("Gid"), "5678 5678 5678 5678", "Gid")
        },
        ConformanceCase("user-groups", user, "additionalGids are the program's further groups") { bench in
            bench.process.user = UserSpec(uid: 1234, gid: 5678, additionalGids: [10, 20, 30])
            let found = try bench.run("cat /proc/self/status").output.field("Groups") ?? ""
            try expectEqual(Set(found.split(separator: " ")), ["10", "20", "30"], "Groups")
        },
        ConformanceCase("user-no-groups", user, "groups of the runtime's own are dropped") { bench in
            bench.wrapper = ["/usr/bin/setpriv", "--groups", "4242"]
            bench.process.user = UserSpec(uid: 1234, gid: 5678)
            try expectEqual(bench.run("cat /proc/self/status").output.field("Groups"), "", "Groups")
        },
        ConformanceCase("user-umask", user, "umask is set") { bench in
            bench.process.user.umask = 0o027
            try expectEqual(bench.run("umask").output, "0027", "the umask")
        },
        ConformanceCase("user-umask-files", user, "umask works on new files") { bench in
            bench.process.user.umask = 0o077
            try expectEqual(bench.run("echo > /file; stat -c %a /file").output, "600", "the mode")
        },
        ConformanceCase("user-not-in-passwd", user, "a user without an entry in /etc/passwd can run") { bench in
            bench.process.user = UserSpec(uid: 4_000_000, gid: 4_000_000)
            try expectEqual(bench.run("id -u").output, "4000000", "the id")
        },
        ConformanceCase("user-negative", user, "a user id below zero is refused") { bench in
            bench.set("process", "user", to: ["uid": -1, "gid": 0])
            try bench.mustRefuse("the user id -1")
        },
    ]

    static let nameCases: [ConformanceCase] = [
        ConformanceCase("hostname", "config.md#hostname", "hostname is what the program sees") { bench in
            bench.spec.hostname = "conformance"
            try expectEqual(bench.run("hostname").output, "conformance", "the output")
        },
        ConformanceCase("hostname-inside", "config.md#hostname", "hostname leaves the host's own alone") { bench in
            let before = procText("/proc/sys/kernel/hostname")
            bench.spec.hostname = "conformance"
            try bench.run("true")
            try expectEqual(procText("/proc/sys/kernel/hostname"), before, "the host's name")
        },
        ConformanceCase(
            "hostname-without-uts", "config.md#hostname", "hostname without a UTS namespace is an error"
        ) { bench in
            bench.spec.hostname = "conformance"
            bench.shareNamespace(.uts)
            let before = procText("/proc/sys/kernel/hostname")
            try bench.mustRefuse("a hostname for the host")
            try expectEqual(procText("/proc/sys/kernel/hostname"), before, "the host's name")
        },
        ConformanceCase("domainname", "config.md#domainname", "domainname is what the program sees") { bench in
            bench.spec.ociVersion = "1.1.0"
            bench.spec.domainname = "conformance.example"
            try expectEqual(bench.run("cat /proc/sys/kernel/domainname").output, "conformance.example", "the name")
        },
    ]
}
