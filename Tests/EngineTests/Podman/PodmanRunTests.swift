import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

/// The real engines: one at a time, because each of them starts many processes.
@Suite(.serialized) struct Engines {}

extension Engines {
    /// `podman run` and what it asks of a runtime.
    @Suite struct PodmanRunTests {
        @Test(arguments: TestBackend.allCases)
        func theExitCodeIsTheProgrammes(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let outcome = try podman("run", "--rm", Podman.image, "/bin/sh", "-c", "echo out; echo err >&2; exit 7")
            #expect(outcome.exitCode == 7)
            #expect(outcome.output == "out\n")
            #expect(outcome.error == "err\n")
            #expect(try podman.must("ps", "--all", "--quiet") == "")
        }

        @Test(arguments: TestBackend.allCases)
        func aProgrammeThatIsNotThereIs127(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            #expect(try podman("run", "--rm", Podman.image, "/absent").exitCode == 127)
            #expect(try podman("run", "--rm", Podman.image, "/etc").exitCode == 126)
        }

        @Test func aTerminalReachesThePerson() throws {
            let podman = try Podman()
            let terminal = try PseudoTerminal(rows: 30, columns: 100)
            let words = [
                "run", "--rm", "-it", Podman.image, "/bin/sh", "-c", "read first; echo \"got $first\"; exit 3",
            ]
            let pid = try podman.spawn(words, at: terminal)
            try terminal.type("hello\n")
            #expect(try terminal.read(upTo: "got hello\r\n").contains("hello"))
            #expect(try Program.wait(for: pid, timeout: .seconds(60), words) == 3)
        }

        @Test func inputReachesTheProgramme() throws {
            let podman = try Podman()
            let outcome = try podman("run", "--rm", "-i", Podman.image, "/bin/cat", input: "through the pipe")
            #expect(outcome.output == "through the pipe")
        }

        @Test func theUserAndTheirGroupsAreSet() throws {
            let podman = try Podman()
            #expect(try podman.script("id -u; id -g; id -G", "--user", "7:8", "--group-add", "9") == "7\n8\n8 9")
        }

        @Test func capabilitiesAreAddedAndDropped() throws {
            let podman = try Podman()
            let script =
                "while read -r name value; do case $name in Cap*) echo $name$value;; esac; done </proc/self/status"
            let sets = try podman.script(script, "--cap-drop", "all", "--cap-add", "sys_admin")
            #expect(sets.contains("CapEff:0000000000200000"))
            #expect(sets.contains("CapBnd:0000000000200000"))
            #expect(sets.contains("CapInh:0000000000000000"))
        }

        @Test func privilegesCannotBeGained() throws {
            let podman = try Podman()
            let script =
                "while read -r name value; do case $name in NoNewPrivs:) echo $value;; esac; done </proc/self/status"
            #expect(try podman.script(script) == "0")
            #expect(try podman.script(script, "--security-opt", "no-new-privileges") == "1")
        }

        @Test func seccompProfilesAreLoaded() throws {
            let podman = try Podman()
            let script =
                "while read -r name value; do case $name in Seccomp:) echo $value;; esac; done </proc/self/status"
            #expect(try podman.script(script) == "2")
            #expect(try podman.script(script, "--security-opt", "seccomp=unconfined") == "0")
            let profile = try podman.scratch.write(
                #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":13}]}"#,
                to: "seccomp.json")
            let outcome = try podman(
                "run", "--rm", "--security-opt", "seccomp=\(profile)", Podman.image, "/bin/busybox", "mkdir", "/tmp/x")
            #expect(outcome.exitCode == 1)
            #expect(outcome.error.contains("Permission denied"))
        }

        @Test func theRootCanBeReadOnly() throws {
            let podman = try Podman()
            let outcome = try podman("run", "--rm", "--read-only", Podman.image, "/bin/sh", "-c", "echo x > /file")
            #expect(outcome.error.contains("Read-only file system"))
            #expect(
                try podman.script("echo x > /scratch/file && cat /scratch/file", "--read-only", "--tmpfs", "/scratch")
                    == "x")
        }

        @Test func volumesAreMountedAsAsked() throws {
            let podman = try Podman()
            let folder = podman.scratch.path.appending("volume")
            try HostDirectory.create(folder, mode: 0o755)
            try podman.scratch.write("from the host", to: "volume/file")
            let volume = "\(folder):/data"
            #expect(try podman.script("cat /data/file; echo back > /data/other", "-v", volume) == "from the host")
            #expect(try HostFile.read(folder.appending("other")) == Array("back\n".utf8))
            let refused = try podman(
                "run", "--rm", "-v", "\(volume):ro", Podman.image, "/bin/sh", "-c", "echo x > /data/x")
            #expect(refused.error.contains("Read-only file system"))
        }

        @Test func devicesAndDefaultsAreThere() throws {
            let podman = try Podman()
            let script = "test -c /dev/null && test -c /dev/fuse && test -L /dev/fd && test -d /dev/pts && echo all"
            #expect(try podman.script(script, "--device", "/dev/fuse") == "all")
        }

        @Test func limitsThatTheMachinePermitsAreSet() throws {
            let podman = try Podman()
            #expect(
                try podman.script(
                    "ulimit -n; ulimit -c", "--ulimit", "nproc=500:500", "--ulimit", "nofile=500:600", "--ulimit",
                    "core=0")
                    == "500\n0")
        }

        @Test func anInitReapsOrphans() throws {
            let podman = try Podman()
            #expect(try podman.script("cat /proc/1/cmdline", "--init").hasPrefix("/run/podman-init\0"))
        }

        @Test func idsAreMapped() throws {
            let podman = try Podman()
            let map = try podman.script(
                "read -r inside outside count < /proc/self/uid_map; echo $inside $outside $count; id -u",
                "--uidmap", "0:200000:1000", "--gidmap", "0:200000:1000")
            #expect(map == "0 200000 1000\n0")
        }

        @Test func aBridgeConnectsIt() throws {
            let podman = try Podman()
            guard HostFile.exists("/usr/lib/podman/netavark") else { try Test.cancel("no netavark") }
            let script = "/bin/busybox ip -4 -o addr show eth0; /bin/busybox ping -c 1 -W 5 10.88.0.1"
            let outcome = try podman.runInOwnNetwork(
                ["run", "--rm", "--network", "podman", Podman.image, "/bin/sh", "-c", script])
            #expect(outcome.exitCode == 0)
            #expect(outcome.output.contains("inet 10.88.0."))
            #expect(outcome.output.contains("1 packets received"))
        }

        @Test func anErrorIsTheSameLineWithAndWithoutTheLog() throws {
            let words = ["run", "--rm", "--security-opt", "seccomp=unconfined", Podman.image, "/absent"]
            let log = try Podman(engine: #"runtime_supports_json = ["nexcage"]"#).run(words)
            let stderr = try Podman().run(words)
            for outcome in [log, stderr] {
                #expect(outcome.exitCode == 127)
                #expect(
                    outcome.error.contains("executable file `/absent` not found in $PATH: No such file or directory"))
                #expect(outcome.error.split(separator: "\n").count == 1)
            }
        }

        @Test func podmanKnowsWhatItIs() throws {
            let podman = try Podman()
            let info = try podman.must("info", "--format", "{{.Host.OCIRuntime.Name}} {{.Host.OCIRuntime.Version}}")
            #expect(info.hasPrefix("nexcage nexcage version "))
        }

        @Test func descriptorsOfTheEngineStayOutside() throws {
            let podman = try Podman()
            #expect(try podman.script("ls /proc/self/fd") == "0\n1\n2\n3")
        }
    }
}
