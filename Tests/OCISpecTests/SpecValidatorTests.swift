import Testing

@testable import OCISpec

@Suite struct SpecValidatorTests {
    /// The violations of the example after a change, as sentences.
    private func violations(_ change: (inout RuntimeSpec) -> Void) -> [String] {
        var spec = RuntimeSpec.example()
        change(&spec)
        return spec.validate().map(\.description)
    }

    @Test(arguments: [
        ("", "missing or empty"), ("1.0", "\"1.0\" is not a semantic version"),
        ("1.0.0.0", "\"1.0.0.0\" is not a semantic version"), ("1.00.0", "\"1.00.0\" is not a semantic version"),
        ("1.0.0-", "\"1.0.0-\" is not a semantic version"), ("v1.0.0", "\"v1.0.0\" is not a semantic version"),
        ("2.0.0", "\"2.0.0\" is not supported, expected 1.x"),
    ])
    func `bad versions are named`(version: String, message: String) {
        #expect(
            violations { $0.ociVersion = version }
                == ["ociVersion: \(message) (config.md, \"Specification version\")"])
    }

    @Test(arguments: ["1.0.0", "1.0.2-dev", "1.3.0", "1.2.1+dev", "1.0.0-rc.1", "1.10.0"])
    func `versions 1.x are fine`(version: String) {
        #expect(violations { $0.ociVersion = version } == [])
    }

    @Test func `a process needs a program, an absolute directory and sane numbers`() {
        #expect(
            violations { $0.process?.cwd = "tmp" }
                == ["process.cwd: \"tmp\" is not an absolute path (config.md, \"Process\")"])
        #expect(
            violations { $0.process?.cwd = "" } == ["process.cwd: missing or empty (config.md, \"Process\")"])
        #expect(
            violations { $0.process?.args = [] } == ["process.args: missing or empty (config.md, \"POSIX process\")"])
        #expect(
            violations { $0.process?.env = ["A=1", "B=\u{0}"] }
                == [#"process.env[1]: "B=\0" contains a NUL byte (config.md, "Process")"#])
        #expect(
            violations { $0.process?.oomScoreAdj = 1001 }
                == ["process.oomScoreAdj: 1001 is out of range -1000...1000 (config.md, \"Linux Process\")"])
        #expect(
            violations { $0.process?.ioPriority = IOPrioritySpec(ioClass: "X", priority: 8) } == [
                "process.ioPriority.class: unknown class \"X\" (config.md, \"Linux Process\")",
                "process.ioPriority.priority: 8 is out of range 0...7 (config.md, \"Linux Process\")",
            ])
    }

    @Test func `resource limits have known prefixes, occur once and do not exceed themselves`() {
        let limit = ResourceLimit(type: "RLIMIT_NOFILE", hard: 1, soft: 2)
        #expect(
            violations { $0.process?.rlimits = [limit, ResourceLimit(type: "NPROC", hard: 1, soft: 1)] } == [
                "process.rlimits[0].soft: 2 is above the hard limit 1 (config.md, \"POSIX process\")",
                "process.rlimits[1].type: \"NPROC\" does not begin with RLIMIT_ (config.md, \"POSIX process\")",
            ])
        #expect(
            violations { $0.process?.rlimits += [ResourceLimit(type: "RLIMIT_NOFILE", hard: 1, soft: 1)] }
                == ["process.rlimits[1].type: \"RLIMIT_NOFILE\" occurs more than once (config.md, \"POSIX process\")"])
    }

    @Test func `paths of root, mounts and hooks are checked`() {
        #expect(violations { $0.root = nil } == ["root: missing (config.md, \"Root\")"])
        #expect(violations { $0.root?.path = "" } == ["root.path: missing or empty (config.md, \"Root\")"])
        #expect(
            violations { $0.mounts[1].destination = "dev" }
                == ["mounts[1].destination: \"dev\" is not an absolute path (config.md, \"Mounts\")"])
        var hook = Hook(path: "bin/true")
        hook.timeout = 0
        var hooks = Hooks()
        hooks.poststop = [hook]
        #expect(
            violations { $0.hooks = hooks } == [
                "hooks.poststop[0].path: \"bin/true\" is not an absolute path (config.md, \"POSIX-platform Hooks\")",
                "hooks.poststop[0].timeout: 0 is not greater than zero (config.md, \"POSIX-platform Hooks\")",
            ])
    }

    @Test func `a host name is printable, short and in a namespace of its own`() {
        #expect(
            violations { $0.hostname = "a\nb" }
                == [#"hostname: "a\nb" contains a control character (config.md, "Hostname")"#])
        #expect(violations { $0.hostname = String(repeating: "h", count: 65) }.count == 1)
        #expect(
            violations { $0.linux?.namespaces.removeAll { $0.kind == .uts } }
                == ["hostname: set without a UTS namespace in linux.namespaces (config.md, \"Hostname\")"])
    }

    @Test func `namespaces occur once, and what needs one has it`() {
        #expect(
            violations { $0.linux?.namespaces += [LinuxNamespace(.pid, path: "ns")] } == [
                "linux.namespaces[5].type: \"pid\" occurs more than once (config-linux.md, \"Namespaces\")",
                "linux.namespaces[5].path: \"ns\" is not an absolute path (config-linux.md, \"Namespaces\")",
            ])
        #expect(
            violations { $0.linux?.uidMappings = [IDMapping(containerID: 0, hostID: 0, size: 1)] }.count == 1)
        #expect(violations { $0.linux?.timeOffsets = ["realtime": LinuxTimeOffset()] }.count == 2)
    }

    @Test func `devices have a path, a known type and numbers`() {
        #expect(
            violations {
                $0.linux?.devices = [LinuxDevice(path: "dev/x", type: "c"), LinuxDevice(path: "/dev/y", type: "z")]
            } == [
                "linux.devices[0].path: \"dev/x\" is not an absolute path (config-linux.md, \"Devices\")",
                "linux.devices[0]: major and minor are required for type \"c\" (config-linux.md, \"Devices\")",
                "linux.devices[1].type: unknown type \"z\", expected c, b, u or p (config-linux.md, \"Devices\")",
            ])
        #expect(violations { $0.linux?.resources?.devices[0].access = "rx" }.count == 1)
    }

    @Test func `seccomp, propagation and hidden paths are checked`() {
        let rule = LinuxSyscall(names: [], action: "ALLOW")
        var seccomp = LinuxSeccomp(defaultAction: "SCMP_ACT_ERRNO")
        seccomp.syscalls = [rule]
        #expect(
            violations { $0.linux?.seccomp = seccomp } == [
                "linux.seccomp.syscalls[0].action: \"ALLOW\" does not begin with SCMP_ACT_ "
                    + "(config-linux.md, \"Seccomp\")",
                "linux.seccomp.syscalls[0].names: empty (config-linux.md, \"Seccomp\")",
            ])
        #expect(violations { $0.linux?.rootfsPropagation = "sometimes" }.count == 1)
        #expect(violations { $0.linux?.rootfsPropagation = "rshared" } == [])
        #expect(violations { $0.linux?.maskedPaths += ["proc/x"] }.count == 1)
        #expect(violations { $0.linux?.readonlyPaths += ["/proc/\u{0}"] }.count == 1)
    }
}
