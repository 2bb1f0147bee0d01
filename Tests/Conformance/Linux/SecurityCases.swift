import CNexcageSystem
import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    private static let section = "config-linux.md#seccomp"

    private static func deny(_ names: [String], _ action: String = "SCMP_ACT_ERRNO", errno: UInt32? = nil)
        -> LinuxSeccomp
    {
        LinuxSeccomp(
            defaultAction: "SCMP_ACT_ALLOW", syscalls: [LinuxSyscall(names: names, action: action, errnoRet: errno)])
    }

    static let seccompCases: [ConformanceCase] = [
        ConformanceCase("seccomp-errno", section, "a call that is denied fails with EPERM by default") { bench in
            bench.linux.seccomp = deny(["mkdir", "mkdirat"])
            let text = try bench.run("mkdir /tmp/x 2>&1").output
            try expect(text.contains("Operation not permitted"), "the output is \(text)")
        },
        ConformanceCase("seccomp-errno-ret", section, "errnoRet is what the call fails with") { bench in
            bench.linux.seccomp = deny(["symlink", "symlinkat"], errno: UInt32(ENOSPC))
            let text = try bench.run("ln -s x /tmp/x 2>&1").output
            try expect(text.contains("No space left"), "the output is \(text)")
        },
        ConformanceCase(
            "seccomp-errno-own", section, "two containers that differ in errnoRet only get their own"
        ) { bench in
            for (name, code, text) in [("first", EPERM, "not permitted"), ("second", ENOSPC, "No space left")] {
                let other = try bench.sibling(name)
                other.linux.seccomp = deny(["link", "linkat"], errno: UInt32(code))
                let found = try other.run("ln /bin/busybox /tmp/x 2>&1").output
                try expect(found.contains(text), "the output of the \(name) is \(found)")
            }
        },
        ConformanceCase(
            "seccomp-default-errno-ret", section, "defaultErrnoRet is what other calls fail with"
        ) { bench in
            bench.linux.seccomp = allowed(but: "unlink", "unlinkat")
            bench.linux.seccomp?.defaultErrnoRet = UInt32(ENOSPC)
            let text = try bench.run("rm /tmp/x 2>&1 > /tmp/x").output
            try expect(text.contains("No space left"), "the output is \(text)")
        },
        ConformanceCase("seccomp-default-action", section, "defaultAction is for calls without a rule") { bench in
            bench.linux.seccomp = allowed(but: "mkdir", "mkdirat")
            let text = try bench.run("mkdir /tmp/x 2>&1; echo alive").output
            try expect(text.contains("Operation not permitted") && text.contains("alive"), "the output is \(text)")
        },
        ConformanceCase("seccomp-kill", section, "a call can kill the program") { bench in
            bench.linux.seccomp = deny(["mkdir", "mkdirat"], "SCMP_ACT_KILL_PROCESS")
            try expect(try !bench.run("mkdir /tmp/x; exit 0").output.contains("alive"), "the program lives")
            try expect(!HostFile.exists(bench.root.appending("tmp/x")), "the directory is there")
        },
        ConformanceCase("seccomp-argument", section, "a rule can depend on an argument") { bench in
            // kill(pid, 10): the second argument.
            let argument = LinuxSeccompArgument(index: 1, value: UInt64(SIGUSR1), op: "SCMP_CMP_EQ")
            var seccomp = deny(["kill"])
            seccomp.syscalls[0].args = [argument]
            bench.linux.seccomp = seccomp
            let script = "trap '' USR1 USR2; kill -USR1 $$ 2>/dev/null || echo denied; kill -USR2 $$ && echo allowed"
            try expectEqual(bench.run(script).output, "denied\nallowed", "the output")
        },
        ConformanceCase("seccomp-mode", section, "the program runs with a filter") { bench in
            bench.linux.seccomp = deny(["mkdir"])
            try expectEqual(bench.run("cat /proc/self/status").output.field("Seccomp"), "2", "Seccomp")
        },
        ConformanceCase("seccomp-absent", section, "without seccomp there is no filter") { bench in
            let own = procText("/proc/self/status")?.field("Seccomp")
            try expectEqual(bench.run("cat /proc/self/status").output.field("Seccomp"), own, "Seccomp")
        },
        ConformanceCase("seccomp-without-nnp", section, "a filter does not need noNewPrivileges") { bench in
            bench.process.noNewPrivileges = false
            bench.linux.seccomp = deny(["mkdir"])
            let status = try bench.run("cat /proc/self/status").output
            try expectEqual(status.field("Seccomp"), "2", "Seccomp")
            try expectEqual(status.field("NoNewPrivs"), "0", "NoNewPrivs")
        },
        ConformanceCase("seccomp-user", section, "a filter works for users other than root") { bench in
            bench.process.user.uid = 1000
            bench.linux.seccomp = deny(["mkdir"])
            try expectEqual(bench.run("cat /proc/self/status").output.field("Seccomp"), "2", "Seccomp")
        },
        ConformanceCase("seccomp-unknown-call", section, "a call that this machine has not is no error") { bench in
            bench.linux.seccomp = deny(["no_such_call", "mkdir"])
            try expectEqual(bench.run("cat /proc/self/status").output.field("Seccomp"), "2", "Seccomp")
        },
        ConformanceCase("seccomp-unknown-action", section, "an unknown action is refused") { bench in
            bench.linux.seccomp = deny(["mkdir"], "SCMP_ACT_NOSUCH")
            try bench.mustRefuse("an unknown action")
        },
        ConformanceCase("seccomp-unknown-operator", section, "an unknown operator is refused") { bench in
            var seccomp = deny(["mkdir"])
            seccomp.syscalls[0].args = [LinuxSeccompArgument(index: 0, value: 1, op: "SCMP_CMP_NOSUCH")]
            bench.linux.seccomp = seccomp
            try bench.mustRefuse("an unknown operator")
        },
        ConformanceCase(
            "seccomp-errno-not-for-kill", section, "errnoRet for an action that has none is an error"
        ) { bench in
            bench.linux.seccomp = deny(["mkdir"], "SCMP_ACT_KILL", errno: 1)
            try bench.mustRefuse("an errno for an action that kills")
        },
        ConformanceCase("seccomp-unknown-flag", section, "an unknown flag is refused") { bench in
            bench.linux.seccomp = deny(["mkdir"])
            bench.linux.seccomp?.flags = ["SECCOMP_FILTER_FLAG_NOSUCH"]
            try bench.mustRefuse("an unknown flag")
        },
        ConformanceCase("seccomp-flag-log", section, "the flag LOG is accepted") { bench in
            bench.linux.seccomp = deny(["mkdir"])
            bench.linux.seccomp?.flags = ["SECCOMP_FILTER_FLAG_LOG"]
            try expectEqual(bench.runOrBeRefused("cat /proc/self/status").output.field("Seccomp"), "2", "Seccomp")
        },
        ConformanceCase("seccomp-no-names", section, "a rule without names is refused") { bench in
            bench.linux.seccomp = deny([])
            bench.set("linux", "seccomp", "syscalls", to: [["names": [], "action": "SCMP_ACT_ERRNO"]])
            try bench.mustRefuse("a rule without names")
        },
    ]

    /// Allows what busybox and a runtime's last steps need, by a list of everything but some calls.
    private static func allowed(but denied: String...) -> LinuxSeccomp {
        let names = commonCalls.filter { !denied.contains($0) }
        return LinuxSeccomp(
            defaultAction: "SCMP_ACT_ERRNO", syscalls: [LinuxSyscall(names: names, action: "SCMP_ACT_ALLOW")])
    }

    private static let commonCalls = [
        "access", "arch_prctl", "brk", "capget", "capset", "chdir", "clone", "clone3", "close", "close_range", "dup",
        "dup2", "dup3", "execve", "execveat", "exit", "exit_group", "faccessat", "faccessat2", "fchdir", "fchmod",
        "fchown", "fcntl", "fork", "fstat", "fstatfs", "futex", "getcwd", "getdents64", "getegid", "geteuid", "getgid",
        "getpgrp", "getpid", "getppid", "getrandom", "getresgid", "getresuid", "getrlimit", "gettid", "getuid", "ioctl",
        "keyctl", "kill", "lseek", "lstat", "madvise", "mmap", "mprotect", "mremap", "munmap", "nanosleep",
        "clock_nanosleep", "newfstatat", "open", "openat", "openat2", "pipe", "pipe2", "poll", "ppoll", "prctl",
        "pread64", "prlimit64", "pselect6", "read", "readlink", "readlinkat", "readv", "recvfrom", "recvmsg", "rseq",
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "sched_getaffinity", "sched_yield",
        "seccomp", "sendmsg", "sendto", "set_robust_list", "set_tid_address", "setgid", "setgroups", "setpgid",
        "setresgid", "setresuid", "setsid", "setuid", "sigaltstack", "socketpair", "stat", "statfs", "statx", "sysinfo",
        "tgkill", "time", "umask", "uname", "unlink", "vfork", "unlinkat", "wait4", "waitid", "write", "writev",
        "epoll_create1",
        "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd2", "getpeername", "getsockname", "setitimer", "timer_create",
        "timer_settime", "timer_delete", "clock_gettime", "signalfd4", "mkdir", "mkdirat",
    ]

    private static let processState = "config-linux.md#the-container-process-state"

    static let seccompListenerCases: [ConformanceCase] = [
        ConformanceCase(
            "seccomp-listener-state", processState, "the listener gets the container's process state"
        ) { bench in
            let document = try listen(bench)
            try expectEqual(document["fds"]?.array, ["seccompFd"], "fds")
            try expectEqual(document["metadata"]?.string, "opaque data", "metadata")
            try expect(document["ociVersion"]?.string != nil, "there is no ociVersion")
            try expect((document["pid"]?.integer ?? 0) > 0, "there is no pid")
            try expectEqual(document["state"]?["id"]?.string, bench.id, "state.id")
            try expectEqual(document["state"]?["bundle"]?.string, bench.bundle.string, "state.bundle")
        },
        ConformanceCase("seccomp-listener-missing", section, "a listener that is not there is an error") { bench in
            notify(bench, bench.bundle.appending("no-socket"))
            try bench.mustRefuse("a listener that is not there")
        },
        ConformanceCase("seccomp-listener-unused", section, "without NOTIFY the listener is ignored") { bench in
            bench.linux.seccomp = deny(["mkdir"])
            bench.linux.seccomp?.listenerPath = bench.bundle.appending("no-socket").string
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
    ]

    private static func notify(_ bench: Workbench, _ socket: FilePath) {
        bench.linux.seccomp = deny(["mkdir"], "SCMP_ACT_NOTIFY")
        bench.linux.seccomp?.listenerPath = socket.string
        bench.linux.seccomp?.listenerMetadata = "opaque data"
    }

    /// Creates and starts a container with a listener and gives what the listener was sent.
    private static func listen(_ bench: Workbench) throws -> JSONValue {
        // An address has 107 bytes at most, so the socket lies beside the bundles.
        let path = bench.place.path.appending("agent\(bench.id.utf8.count).sock")
        let listener = try OwnedDescriptor(checking: nxc_listen_unix(path.string), "listen on", path.string)
        notify(bench, path)
        try bench.create()
        try bench.start()
        var waiting = pollfd(fd: listener.descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 30_000) > 0 else { throw Failure.broken("nobody connects to the listener") }
        let raw = accept(listener.descriptor.rawValue, nil, nil)
        let connection = try OwnedDescriptor(checking: raw, "accept on", path.string)
        // Read as plain bytes, what came with them is dropped by the kernel.
        return try JSONValue.decode(connection.readAll(limit: 1 << 20, name: path.string))
    }
}
