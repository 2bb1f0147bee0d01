import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

extension ConformanceCase {
    static let processCases: [ConformanceCase] = [
        ConformanceCase("args-passed", "config.md#process", "the program gets its arguments as they stand") { bench in
            bench.process.args = [
                "/bin/sh", "-c", "for word; do echo \"[$word]\"; done", "sh", "a b", "", "*", "ü\"'$x",
            ]
            try expectEqual(bench.runArguments().output.lines, ["[a b]", "[]", "[*]", "[ü\"'$x]"], "the arguments")
        },
        ConformanceCase("args-zero", "config.md#process", "the first argument is the program's own name") { bench in
            try bench.launch("sleep 1000")
            bench.process.args = []
            try eventually("the program runs") {
                try bench.proc("cmdline").hasPrefix("/bin/sh\0") || bench.proc("comm") == "sleep"
            }
        },
        ConformanceCase(
            "args-search-path", "config.md#process", "a name without a slash is looked for in PATH"
        ) { bench in
            try HostDirectory.create(bench.root.appending("opt"), mode: 0o755)
            try bench.put("#!/bin/sh\necho found\n", at: "opt/tool", mode: 0o755)
            bench.process.env = ["PATH=/nowhere:/opt:/bin"]
            bench.process.args = ["tool"]
            try expectEqual(bench.runArguments().output, "found", "the output")
        },
        ConformanceCase(
            "args-relative", "config.md#process", "a name with a slash counts from the working directory"
        ) { bench in
            try HostDirectory.create(bench.root.appending("opt"), mode: 0o755)
            try bench.put("#!/bin/sh\necho found\n", at: "opt/tool", mode: 0o755)
            bench.process.cwd = "/opt"
            bench.process.args = ["./tool"]
            try expectEqual(bench.runArguments().output, "found", "the output")
        },
        ConformanceCase("args-empty", "config.md#process", "a process without arguments is refused") { bench in
            bench.set("process", "args", to: [])
            try bench.mustRefuse("an empty list of arguments")
        },
        ConformanceCase(
            "args-missing-program", "config.md#process", "a program that is not there is an error"
        ) { bench in
            bench.process.args = ["/no/such/program"]
            try bench.mustRefuseArguments("a missing program")
        },
        ConformanceCase(
            "args-not-executable", "config.md#process", "a file that cannot be executed is an error"
        ) { bench in
            try bench.put("text", at: "file", mode: 0o644)
            bench.process.args = ["/file"]
            try bench.mustRefuseArguments("a file that is not executable")
        },
        ConformanceCase("cwd", "config.md#process", "the program starts in its working directory") { bench in
            bench.process.cwd = "/tmp"
            try expectEqual(bench.run("pwd -P").output, "/tmp", "the output")
        },
        ConformanceCase("cwd-relative", "config.md#process", "a relative working directory is refused") { bench in
            bench.process.cwd = "tmp"
            try bench.mustRefuse("a relative working directory")
        },
        ConformanceCase(
            "cwd-missing-field", "config.md#process", "a process without a working directory is refused"
        ) { bench in
            bench.set("process", "cwd", to: nil)
            try bench.mustRefuse("a missing working directory")
        },
        ConformanceCase(
            "cwd-not-outside", "config.md#process", "a working directory cannot be outside the root"
        ) { bench in
            for descriptor in 3..<12 {
                let probe = try bench.sibling("fd\(descriptor)")
                probe.process.cwd = "/proc/self/fd/\(descriptor)"
                probe.process.args = ["/bin/sh", "-c", "ls ../../../../../../etc/hostname 2>/dev/null"]
                guard try probe.tryCreate().exitCode == 0, try probe.call(["start", probe.id]).exitCode == 0 else {
                    continue
                }
                try expect(try !probe.finish().output.contains("hostname"), "the host is seen through \(descriptor)")
            }
        },
        ConformanceCase("process-standard-streams", "config.md#process", "output and errors go where the creator's go")
        {
            bench in
            let result = try bench.run("echo out; echo err >&2")
            try expectEqual(result.output, "out", "standard output")
            try expectEqual(result.error, "err", "standard error")
        },
        ConformanceCase(
            "process-no-descriptors", "config.md#process", "no descriptor of the runtime's reaches the program"
        ) { bench in
            let script = "for fd in /proc/self/fd/*; do case ${fd##*/} in 0|1|2) ;; *) readlink $fd;; esac; done"
            let extra = try bench.run(script).output.lines.filter { !$0.isEmpty && !$0.hasPrefix("/proc/") }
            try expectEqual(extra, [], "the open descriptors")
        },
    ]

    static let environmentCases: [ConformanceCase] = [
        ConformanceCase("env-exact", "config.md#process", "the environment is what the configuration says") { bench in
            bench.process.env = ["PATH=/bin", "A=1", "B=two words", "C=x=y", "D="]
            let found = Set(try bench.run("env").output.lines.map(String.init))
            for entry in ["PATH=/bin", "A=1", "B=two words", "C=x=y", "D="] {
                try expect(found.contains(entry), "\(entry) is not in \(found.sorted())")
            }
        },
        ConformanceCase(
            "env-not-inherited", "config.md#process", "the runtime's own environment is not passed on"
        ) { bench in
            bench.wrapper = ["/bin/sh", "-c", "export LEAKED=1; exec \"$0\" \"$@\""]
            try expectEqual(bench.run("echo \"[$LEAKED]\"").output, "[]", "the output")
        },
        ConformanceCase("env-newline", "config.md#process", "a value keeps its line breaks") { bench in
            bench.process.env = ["PATH=/bin", "A=one\ntwo"]
            let created = try bench.tryCreate()
            guard created.exitCode == 0 else { throw Failure.skipped("refused: \(created.summary)") }
            _ = try bench.call(["delete", "--force", bench.id])
            try bench.wait()
            bench.forget()
            try expectEqual(bench.run("echo \"$A\"").output, "one\ntwo", "the output")
        },
        ConformanceCase("env-last-wins", "config.md#process", "PATH of the configuration finds the program") { bench in
            bench.process.env = ["PATH=/bin"]
            bench.process.args = ["true"]
            try expectEqual(bench.runArguments().exitCode, 0, "exit code")
        },
    ]

    static let terminalCases: [ConformanceCase] = [
        ConformanceCase("terminal-off", "config.md#process", "without terminal the streams are none") { bench in
            try expectEqual(bench.run("test -t 0 || echo none").output, "none", "the output")
        },
        ConformanceCase("terminal-on", "config.md#process", "with terminal all three streams are one") { bench in
            bench.process.terminal = true
            let text = try onTerminal(bench, "test -t 0 && test -t 1 && test -t 2 && echo yes-$((1 + 1))")
            try expect(text.contains("yes-2"), "the terminal says \(text)")
        },
        ConformanceCase("terminal-size", "config.md#process", "consoleSize sets the terminal's size") { bench in
            bench.process.terminal = true
            bench.process.consoleSize = ConsoleSize(height: 33, width: 99)
            let text = try onTerminal(bench, "stty size")
            try expect(text.contains("33 99"), "the terminal says \(text)")
        },
        ConformanceCase(
            "terminal-size-ignored", "config.md#process", "without terminal consoleSize is ignored"
        ) { bench in
            bench.process.consoleSize = ConsoleSize(height: 33, width: 99)
            try expectEqual(bench.run("echo ran").output, "ran", "the output")
        },
        ConformanceCase(
            "terminal-console", "config-linux.md#default-devices", "with terminal there is /dev/console"
        ) { bench in
            bench.process.terminal = true
            let text = try onTerminal(bench, "test -c /dev/console && echo con > /dev/console; echo end-$((1 + 1))")
            try expect(text.contains("con\r\n"), "the terminal says \(text)")
        },
        ConformanceCase("terminal-controlling", "config.md#process", "the terminal is the controlling one") { bench in
            bench.process.terminal = true
            let text = try onTerminal(bench, "echo via-tty-$((1 + 1)) > /dev/tty; sleep 0.05")
            try expect(text.contains("via-tty-2"), "the terminal says \(text)")
        },
        ConformanceCase(
            "terminal-owner", "config.md#process", "the terminal belongs to the container's user"
        ) { bench in
            bench.process.terminal = true
            bench.process.user.uid = 1000
            bench.process.user.gid = 1000
            let text = try onTerminal(bench, "stat -Lc owner-%u /proc/self/fd/0")
            try expect(text.contains("owner-1000"), "the terminal says \(text)")
        },
    ]

    /// Runs a script on a terminal and gives what the terminal said until its end.
    private static func onTerminal(_ bench: Workbench, _ script: String) throws -> String {
        let socket = try ConsoleSocket(in: bench.bundle)
        bench.process.args = ["/bin/sh", "-c", script]
        try bench.create("--console-socket", socket.path.string)
        let master = try socket.receive(timeout: .seconds(30))
        try bench.start()
        var seen: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var waiting = pollfd(fd: master.descriptor.rawValue, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 30_000) > 0 else { throw Failure.broken("the terminal is silent for 30 s") }
            let count = read(master.descriptor.rawValue, &buffer, buffer.count)
            // The kernel answers EIO when the other side is closed for good.
            guard count > 0 else { break }
            seen += buffer[..<count]
        }
        try bench.wait()
        return String(decoding: seen, as: UTF8.self)
    }
}
