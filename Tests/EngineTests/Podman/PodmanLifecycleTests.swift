import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

extension Engines {
    /// What happens to a container while it lives.
    @Suite struct PodmanLifecycleTests {
        @Test(arguments: TestBackend.allCases)
        func aDetachedContainerLivesAndIsRemoved(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let name = try podman.start()
            #expect(try podman.inspect(name, ".State.Status") == "running")
            #expect(try podman.must("exec", name, "/bin/echo", "inside") == "inside")
            try podman.must("pause", name)
            #expect(try podman.inspect(name, ".State.Status") == "paused")
            try podman.must("unpause", name)
            #expect(try podman.must("top", name, "pid", "args").contains("sleep 1000"))
            try podman.must("stop", "--time", "0", name)
            #expect(try podman.inspect(name, ".State.Status") == "exited")
            try podman.must("restart", "--time", "0", name)
            #expect(try podman.inspect(name, ".State.Status") == "running")
            try podman.must("rm", "--force", "--time", "0", name)
            #expect(try podman.must("ps", "--all", "--quiet") == "")
            #expect(try podman.scratch.must("list", "--quiet").output == "")
        }

        @Test(arguments: TestBackend.allCases)
        func signalsReachTheProgramme(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let name = podman.scratch.id()
            try podman.must(
                "run", "--detach", "--name", name, Podman.image, "/bin/sh", "-c",
                "trap 'exit 44' USR1; echo ready; while :; do sleep 0.05; done")
            try eventually("the trap is set") { try podman.must("logs", name) == "ready" }
            try podman.must("kill", "--signal", "USR1", name)
            #expect(try podman.must("wait", name) == "44")
        }

        @Test func logsAreWhatItWrote() throws {
            let podman = try Podman()
            let name = podman.scratch.id()
            try podman.must("run", "--detach", "--name", name, Podman.image, "/bin/sh", "-c", "echo one; echo two")
            try podman.must("wait", name)
            #expect(try podman.must("logs", name) == "one\ntwo")
        }

        @Test(arguments: TestBackend.allCases)
        func execHasItsOwnUserDirectoryAndEnvironment(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let name = try podman.start()
            let seen = try podman.must(
                "exec", "--user", "5:6", "--workdir", "/tmp", "--env", "NAME=value", name, "/bin/sh", "-c",
                "id -u; id -g; pwd; echo $NAME")
            #expect(seen == "5\n6\n/tmp\nvalue")
            #expect(try podman("exec", name, "/bin/sh", "-c", "exit 9").exitCode == 9)
            #expect(try podman("exec", name, "/absent").exitCode == 127)
            #expect(try podman("exec", "-i", name, "/bin/cat", input: "piped").output == "piped")
        }

        @Test func execHasATerminal() throws {
            let podman = try Podman()
            let name = try podman.start()
            let terminal = try PseudoTerminal(rows: 30, columns: 100)
            let words = ["exec", "-it", name, "/bin/sh", "-c", "test -t 0 && echo a terminal; exit 5"]
            let pid = try podman.spawn(words, at: terminal)
            #expect(try terminal.read(upTo: "terminal\r\n").contains("a terminal"))
            #expect(try Program.wait(for: pid, timeout: .seconds(60), words) == 5)
        }

        @Test(arguments: TestBackend.allCases)
        func limitsAreInTheControlGroup(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let name = try podman.start("a", "--memory", "64m", "--cpus", "0.5", "--pids-limit", "33")
            let group = try podman.inspect(name, ".State.CgroupPath")
            func limit(_ controller: String, _ file: String) throws -> String {
                let path = FilePath("/sys/fs/cgroup/\(controller)\(group)/\(file)")
                return String(decoding: try HostFile.readStream(path, limit: 100).dropLast(), as: UTF8.self)
            }
            #expect(try limit("memory", "memory.limit_in_bytes") == "\(64 << 20)")
            #expect(try limit("cpu", "cpu.cfs_quota_us") == "50000")
            #expect(try limit("pids", "pids.max") == "33")
            try podman.must("update", "--memory", "96m", "--cpus", "0.25", name)
            #expect(try limit("memory", "memory.limit_in_bytes") == "\(96 << 20)")
            #expect(try limit("cpu", "cpu.cfs_quota_us") == "25000")
            #expect(try podman.must("stats", "--no-stream", "--format", "{{.PIDs}}", name) == "1")
        }

        @Test func namespacesAreSharedAsAsked() throws {
            let podman = try Podman()
            let name = try podman.start()
            for kind in ["pid", "ipc", "uts", "net"] {
                let flag = kind == "net" ? "--network" : "--\(kind)"
                let link = "/bin/busybox readlink /proc/self/ns/\(kind)"
                let other = try podman.must("exec", name, "/bin/sh", "-c", link)
                #expect(try podman.script(link, flag, "container:\(name)") == other)
                #expect(try podman.script(link) != other)
                let host = try LiveCommandRunner().check(Command(Command.locate("readlink"), ["/proc/self/ns/\(kind)"]))
                #expect(try podman.script(link, flag, "host") + "\n" == String(decoding: host.output, as: UTF8.self))
            }
        }

        @Test func aPodSharesItsNamespaces() throws {
            let podman = try Podman()
            try Podman.requireCatatonit()
            let pod = podman.scratch.id("pod")
            try podman.must("pod", "create", "--name", pod, "--network", "none")
            let links = "for kind in ipc net uts; do /bin/busybox readlink /proc/self/ns/$kind; done"
            let first = try podman.script(links, "--pod", pod)
            #expect(try podman.script(links, "--pod", pod) == first)
            #expect(try podman.script(links) != first)
            try podman.must("pod", "rm", "--force", "--time", "0", pod)
        }

        @Test func filesAreCopiedInAndOut() throws {
            let podman = try Podman()
            let name = try podman.start()
            let file = try podman.scratch.write("copied", to: "file")
            try podman.must("cp", "\(file)", "\(name):/tmp/file")
            #expect(try podman.must("exec", name, "/bin/cat", "/tmp/file") == "copied")
            try podman.must("cp", "\(name):/tmp/file", "\(file).back")
            #expect(try HostFile.read(FilePath("\(file).back")) == Array("copied".utf8))
        }

        @Test func aHealthCheckIsRun() throws {
            let podman = try Podman()
            let name = podman.scratch.id()
            // Without systemd podman has no timer for it, and says so.
            try podman(
                "run", "--detach", "--name", name, "--health-cmd", "test -e /tmp/well", Podman.image, "/bin/sleep",
                "1000")
            #expect(try podman("healthcheck", "run", name).exitCode == 1)
            try podman.must("exec", name, "/bin/sh", "-c", "> /tmp/well")
            #expect(try podman("healthcheck", "run", name).exitCode == 0)
        }

        @Test(arguments: TestBackend.allCases)
        func itIsCheckpointedAndRestored(_ backend: TestBackend) throws {
            try backend.requireCRIU()
            let podman = try Podman(backend)
            try Podman.requireNewCRIU()
            let name = podman.scratch.id()
            try podman.must(
                "run", "--detach", "--name", name, "--security-opt", "seccomp=unconfined", "--network", "host",
                "--log-driver", "none", Podman.image, "/bin/sh", "-c",
                "exec </dev/null >/dev/null 2>&1; i=0; while :; do i=$((i+1)); echo $i > /tmp/count; sleep 0.05; done")
            try eventually("it counts") { try podman("exec", name, "/bin/cat", "/tmp/count").word.count > 0 }
            try podman.must("container", "checkpoint", name)
            #expect(try podman.inspect(name, ".State.Status") == "exited")
            try podman.must("container", "restore", name)
            #expect(try podman.inspect(name, ".State.Status") == "running")
            let before = try podman.must("exec", name, "/bin/cat", "/tmp/count")
            try eventually("it goes on") { try podman("exec", name, "/bin/cat", "/tmp/count").word != before }
        }
    }
}

extension Podman {
    static func requireCatatonit() throws {
        guard HostFile.exists("/usr/bin/catatonit") || HostFile.exists("/usr/libexec/podman/catatonit") else {
            try Test.cancel("no catatonit, of which podman makes the first container of a pod")
        }
    }

    /// Debian 12's own criu (3.17) cannot cope with new kernels.
    static func requireNewCRIU() throws {
        let result = try LiveCommandRunner().run(Command(try require("criu"), ["--version"]))
        guard String(decoding: result.output, as: UTF8.self).contains("Version: 4") else {
            try Test.cancel("criu is older than 4")
        }
    }
}
