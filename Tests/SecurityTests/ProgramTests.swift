import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// What a container could do to the program that runs it, and to what that program has open.
@Suite struct ProgramTests {
    @Test("CVE-2019-5736: the program cannot be written to", arguments: TestBackend.allCases)
    func theProgramCannotBeWrittenTo(_ backend: TestBackend) throws {
        let before = try HostFile.read(Program.nexcage.path, limit: 1 << 30)
        // An entrypoint that is the runtime itself, and a watcher that writes to whatever enters the container.
        let script = """
            i=0
            while [ $i -lt 400 ]; do
              for p in /proc/[0-9]*; do (echo overwritten > $p/exe) 2>/dev/null && echo written to $p; done
              i=$((i+1))
            done
            """
        let attack = try Attack(backend, script) { root, _ in
            try HostFile.replace(
                root.appending("bin/evil"), with: Array("#!/proc/self/exe\n".utf8), mode: 0o755, durability: .boot)
        }
        try attack.scratch.must("run", "-d", "--bundle", attack.bundle.path.string, attack.scratch.id())
        for _ in 0..<5 {
            _ = try attack.scratch.nexcage("exec", attack.scratch.id(), "/bin/evil")
            _ = try attack.scratch.nexcage("exec", attack.scratch.id(), "/proc/self/exe", "--version")
        }
        #expect(try HostFile.read(Program.nexcage.path, limit: 1 << 30) == before)
    }

    @Test("CVE-2024-21626: no descriptor leads out", arguments: TestBackend.allCases)
    func noDescriptorLeadsOut(_ backend: TestBackend) throws {
        for number in 3...9 {
            let attack = try Attack(backend, "ls; pwd") { $0.process?.cwd = "/proc/self/fd/\(number)" }
            let outcome = try attack.run()
            // Refused, or a place inside; the host's root would show its own directories.
            #expect(outcome.exitCode != 0 || !outcome.output.contains("srv"), "\(outcome.output)")
        }
        let attack = try Attack(backend)
        try attack.scratch.must("run", "-d", "--bundle", attack.bundle.path.string, attack.scratch.id())
        for number in 3...9 {
            let outcome = try attack.scratch.nexcage(
                "exec", "--cwd", "/proc/self/fd/\(number)", attack.scratch.id(), "/bin/ls")
            #expect(outcome.exitCode != 0 || !outcome.output.contains("srv"), "\(outcome.output)")
        }
    }

    @Test("CVE-2022-29162, CVE-2022-24769: nothing is inheritable", arguments: TestBackend.allCases)
    func nothingIsInheritable(_ backend: TestBackend) throws {
        let script = "while read -r name value; do case $name in CapInh:) echo $value;; esac; done < /proc/self/status"
        let attack = try Attack(backend)
        try attack.scratch.must("run", "-d", "--bundle", attack.bundle.path.string, attack.scratch.id())
        let outcome = try attack.scratch.must(
            "exec", "--cap", "CAP_SYS_ADMIN", attack.scratch.id(), "/bin/sh", "-c", script)
        #expect(outcome.word == "0000000000000000")
        let image = try TestImage(in: attack.scratch)
        let run = try attack.scratch.must(
            "run", "--rm", "--entrypoint", "/bin/sh", image.reference(), "-c", script)
        #expect(run.word == "0000000000000000")
    }

    @Test("CVE-2026-30892: whom exec runs as", arguments: TestBackend.allCases)
    func whomExecRunsAs(_ backend: TestBackend) throws {
        let attack = try Attack(backend)
        try attack.scratch.must("run", "-d", "--bundle", attack.bundle.path.string, attack.scratch.id())
        func ids(_ user: String) throws -> Program.Outcome {
            try attack.scratch.nexcage("exec", "--user", user, attack.scratch.id(), "/bin/sh", "-c", "id -u; id -g")
        }
        for (user, expected) in [
            ("7", "7\n0\n"), ("7:8", "7\n8\n"), ("0:8", "0\n8\n"), ("65534:65534", "65534\n65534\n"),
        ] {
            #expect(try ids(user).output == expected, "\(user)")
        }
        for user in ["", ":", "7:", ":8", "-1", "7:-1", "4294967296", "7:4294967296", "seven", "7:8:9", "7 ", "0x7"] {
            let outcome = try ids(user)
            #expect(outcome.exitCode != 0, "\(user)")
            #expect(outcome.output == "", "\(user)")
        }
    }

    @Test("CVE-2021-43784: lengths beyond 16 bits do not wrap round", arguments: TestBackend.allCases)
    func longValuesDoNotWrapRound(_ backend: TestBackend) throws {
        let attack = try Attack(backend) { spec in
            spec.linux?.namespaces.removeAll { $0.kind == .ipc }
            spec.linux?.namespaces.append(LinuxNamespace(.ipc, path: "/" + String(repeating: "a", count: 70_000)))
        }
        let outcome = try attack.run()
        #expect(outcome.exitCode != 0)
        #expect(try Leftovers.find(attack.scratch.id(), in: attack.scratch) == [])
    }
}
