import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// A root whose names lead somewhere else than they say.
@Suite struct MountTests {
    @Test("CVE-2021-30465, CVE-2019-18837, CVE-2015-1335: a mount stays in the root", arguments: TestBackend.allCases)
    func aMountStaysInTheRoot(_ backend: TestBackend) throws {
        for (destination, links) in [("/evil", ["evil"]), ("/evil/below", ["evil"]), ("/a/b", ["a"])] {
            let attack = try Attack(backend, "true") { root, outside in
                for name in links { try Attack.link(root.appending(name), to: outside.string) }
            } edit: { spec in
                spec.mounts.append(MountSpec(destination: destination, type: "tmpfs", source: "tmpfs"))
            }
            // Refused, or mounted at a place of that name inside.
            _ = try attack.run()
            try attack.expectNothingOutside()
            #expect(try Leftovers.find(attack.scratch.id(), in: attack.scratch) == [])
        }
    }

    @Test("CVE-2021-30465: nor does it follow a link that is swapped in", arguments: TestBackend.allCases)
    func aMountDoesNotFollowALinkThatIsSwappedIn(_ backend: TestBackend) throws {
        let attack = try Attack(backend, "true") { spec in
            for number in 0..<8 {
                spec.mounts.append(MountSpec(destination: "/race/d\(number)", type: "tmpfs", source: "tmpfs"))
            }
        }
        let race = attack.bundle.root.appending("race")
        try HostDirectory.create(race, mode: 0o755)
        let swapper = try Call(in: attack.scratch.path, input: "")
        let script = "while :; do mv -T $1 $1.dir; ln -s $2 $1; rm $1; mv -T $1.dir $1; done"
        let pid = try swapper.start(
            .shell, ["-c", script, "sh", race.string, attack.outside.string], directory: attack.scratch.path)
        defer {
            do {
                try ProcessIdentity(of: pid).send(.kill)
                _ = try Program.wait(for: pid, timeout: .seconds(10), ["swapper"])
            } catch {
                Issue.record(error)
            }
        }
        for _ in 0..<15 {
            _ = try attack.run()
            try attack.expectNothingOutside()
        }
    }

    @Test("CVE-2026-47766: a device is not made through a link", arguments: TestBackend.allCases)
    func aDeviceIsNotMadeThroughALink(_ backend: TestBackend) throws {
        for path in ["/evil/device", "/dev/evil/device"] {
            let attack = try Attack(backend, "true") { root, outside in
                try Attack.link(root.appending("evil"), to: outside.string)
                try Attack.link(root.appending("dev/evil"), to: outside.string)
            } edit: { spec in
                spec.mounts.removeAll { $0.destination.hasPrefix("/dev") }
                spec.linux?.devices = [LinuxDevice(path: path, type: "c", major: 1, minor: 3)]
            }
            _ = try attack.run()
            try attack.expectNothingOutside()
        }
    }

    @Test("CVE-2026-41579: /dev is no link", arguments: TestBackend.allCases)
    func devIsNoLink(_ backend: TestBackend) throws {
        for keepsMount in [true, false] {
            let attack = try Attack(backend, "true") { root, outside in
                try Attack.link(root.appending("dev"), to: outside.string)
            } edit: { spec in
                if !keepsMount { spec.mounts.removeAll { $0.destination.hasPrefix("/dev") } }
            }
            #expect(try attack.run().exitCode == 125)
            try attack.expectNothingOutside()
        }
    }

    @Test("CVE-2025-31133: a mask does not show what /dev/null was replaced by", arguments: TestBackend.allCases)
    func aMaskDoesNotShowWhatNullWasReplacedBy(_ backend: TestBackend) throws {
        let attack = try Attack(backend, "cat /secret; echo changed > /secret") { root, _ in
            try HostFile.replace(root.appending("secret"), with: Array("hidden".utf8), durability: .boot)
            try HostFile.replace(root.appending("bait"), with: Array("bait".utf8), durability: .boot)
            try Attack.link(root.appending("dev/null"), to: "/bait")
        } edit: { spec in
            spec.mounts.removeAll { $0.destination.hasPrefix("/dev") }
            spec.linux?.maskedPaths = ["/secret"]
        }
        let outcome = try attack.run()
        #expect(!outcome.output.contains("hidden"))
        #expect(try attack.bundle.text("secret") == "hidden")
        #expect(!outcome.output.contains("bait"))
    }

    @Test("CVE-2025-52565: the console does not land outside", arguments: TestBackend.allCases)
    func theConsoleDoesNotLandOutside(_ backend: TestBackend) throws {
        let attack = try Attack(backend, "true") { root, outside in
            try Attack.link(root.appending("dev/console"), to: outside.appending("canary").string)
        } edit: { spec in
            spec.process?.terminal = true
            spec.mounts.removeAll { $0.destination.hasPrefix("/dev") }
        }
        let socket = try ConsoleSocket(in: attack.scratch.path)
        _ = try attack.scratch.nexcage(
            "create", "--bundle", attack.bundle.path.string, "--console-socket", socket.path.string, attack.scratch.id()
        )
        try attack.expectNothingOutside()
    }

    @Test("CVE-2019-16884, CVE-2019-19921, CVE-2025-52881: /proc is the kernel's", arguments: TestBackend.allCases)
    func procIsTheKernels(_ backend: TestBackend) throws {
        let fakes = [
            MountSpec(destination: "/proc", type: "tmpfs", source: "tmpfs"),
            MountSpec(destination: "/proc", type: "bind", source: "/tmp", options: ["bind"]),
            MountSpec(destination: "//proc/./self/../self/attr", type: "tmpfs", source: "tmpfs"),
            MountSpec(destination: "/tmp/../proc/sys", type: "bind", source: "/tmp", options: ["rbind"]),
            MountSpec(destination: "/proc/self/attr", type: "proc", source: "/tmp", options: ["bind"]),
            MountSpec(destination: "/proc/self/attr/exec", type: "bind", source: "/dev/null", options: ["bind"]),
            MountSpec(destination: "/way/in", type: "tmpfs", source: "tmpfs"),
        ]
        for fake in fakes {
            let attack = try Attack(backend, "true") { root, _ in
                try HostDirectory.create(root.appending("way"), mode: 0o755)
                try Attack.link(root.appending("way/in"), to: "../there")
                try Attack.link(root.appending("there"), to: "/proc/self/attr")
            } edit: { spec in
                if fake.destination == "/proc" { spec.mounts.removeAll { $0.destination == "/proc" } }
                spec.mounts.append(fake)
            }
            let outcome = try attack.run()
            #expect(outcome.exitCode == 125)
            #expect(outcome.error.contains("/proc"))
            #expect(outcome.error.split(separator: "\n").count == 1)
        }
    }

    @Test("CVE-2019-19921, CVE-2023-27561: /proc and /sys are directories", arguments: TestBackend.allCases)
    func procAndSysAreDirectories(_ backend: TestBackend) throws {
        for (name, spelling) in [("proc", "/proc"), ("sys", "/sys"), ("proc", "//proc/."), ("proc", "/tmp/../proc/")] {
            let attack = try Attack(backend, "true") { root, _ in
                try HostDirectory.create(root.appending("evil"), mode: 0o755)
                try Attack.link(root.appending(name), to: "/evil")
            } edit: { spec in
                guard let index = spec.mounts.firstIndex(where: { $0.destination == "/\(name)" }) else { return }
                spec.mounts[index].destination = spelling
            }
            let outcome = try attack.run()
            #expect(outcome.exitCode == 125)
            #expect(outcome.error.contains("must be mounted on an ordinary directory"))
            #expect(try Leftovers.find(attack.scratch.id(), in: attack.scratch) == [])
        }
    }

    @Test("CVE-2022-0811: a sysctl is one setting", arguments: TestBackend.allCases)
    func aSysctlIsOneSetting(_ backend: TestBackend) throws {
        let settings = [
            ("kernel.shm_rmid_forced", "1+kernel.core_pattern=|/evil"),
            ("kernel.shm_rmid_forced", "1\nkernel.core_pattern=x"),
            ("kernel/../../etc/passwd", "x"), ("kernel.shm_rmid_forced=1 kernel.core_pattern", "x"), ("", "1"),
        ]
        for (name, value) in settings {
            let attack = try Attack(backend, "true") { $0.linux?.sysctl = [name: value] }
            let outcome = try attack.run()
            #expect(outcome.exitCode == 125, "\(name) = \(value)")
            #expect(outcome.error.contains("linux.sysctl"))
        }
        let attack = try Attack(backend, "cat /proc/sys/kernel/shm_rmid_forced") {
            $0.linux?.sysctl = ["kernel.shm_rmid_forced": "1"]
        }
        #expect(try attack.run().word == "1")
    }
}
