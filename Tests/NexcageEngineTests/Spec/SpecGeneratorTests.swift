import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageEngine

@Suite("The configuration made from an image and a user's options")
struct SpecGeneratorTests {
    private static let accounts = AccountDatabase(
        passwd: Array("root:x:0:0::/root:/bin/sh\nweb:x:1000:1000::/srv/web:/bin/sh\n".utf8), group: [])

    private func image(_ change: (inout ImageDefaults) -> Void = { _ in }) throws -> ImageConfiguration {
        var configuration = ImageConfiguration(architecture: "amd64", os: "linux", rootfs: ImageRootFS(diffIDs: []))
        var defaults = ImageDefaults()
        defaults.entrypoint = ["/entry"]
        defaults.cmd = ["serve"]
        change(&defaults)
        configuration.config = defaults
        return configuration
    }

    private func spec(
        _ image: ImageConfiguration?, _ change: (inout ContainerOptions) throws -> Void = { _ in }
    ) throws -> RuntimeSpec {
        var options = ContainerOptions(name: "web")
        try change(&options)
        let generator = SpecGenerator(configuration: image, options: options)
        return try generator.makeSpec(rootPath: "rootfs", accounts: Self.accounts)
    }

    @Test("the command line is the image's until the user says otherwise")
    func commandLine() throws {
        #expect(try spec(image()).process?.args == ["/entry", "serve"])
        #expect(try spec(image()) { $0.command = ["--version"] }.process?.args == ["/entry", "--version"])
        #expect(try spec(image()) { $0.entrypoint = ["/bin/sh"] }.process?.args == ["/bin/sh"])
        #expect(
            try spec(image()) {
                $0.entrypoint = []
                $0.command = ["ls", "-l"]
            }.process?.args == ["ls", "-l"])
        #expect(throws: NexcageError.self) { try spec(image()) { $0.entrypoint = [] } }
        #expect(throws: NexcageError.self) { try spec(nil) }
        #expect(try spec(nil) { $0.command = ["sh"] }.process?.args == ["sh"])
    }

    @Test("variables are merged by name, user over image over usual")
    func environment() throws {
        let image = try image { $0.env = ["A=1", "PATH=/bin", "B=x=y", "HOSTNAME=h"] }
        let made = try spec(image) {
            $0.environment = [EnvironmentVariable("A", "2"), EnvironmentVariable("C", "")]
            $0.terminal = true
        }
        #expect(
            made.process?.env == [
                "A=2", "PATH=/bin", "B=x=y", "HOSTNAME=h", "C=", "TERM=xterm", "HOME=/root",
            ])
        let usual = try spec(nil) { $0.command = ["sh"] }
        #expect(
            usual.process?.env == [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=web", "HOME=/root",
            ])
    }

    @Test(
        "an image's variable without = or a home with a line break is refused (CVE-2022-4318)",
        arguments: ["BROKEN", "=x", "HOME=/x\nroot::0:0::/:/bin/sh", "A\u{1}=2", "A=\0"])
    func hostileVariable(text: String) throws {
        let image = try image { $0.env = [text] }
        #expect(throws: NexcageError.self) { try spec(image) }
    }

    @Test(
        "a working directory that is relative, below /proc or has a line break is refused (CVE-2024-21626)",
        arguments: ["srv", "/a\nb", "/proc/self/fd/7", "//proc/./self/cwd", "/x/../proc/self/fd/8"])
    func hostileWorkingDirectory(path: String) throws {
        let image = try image { $0.workingDir = path }
        #expect(throws: NexcageError.self) { try spec(image) }
    }

    @Test("a user who is not root has capabilities in the bounding set alone, and nobody has inheritable ones")
    func capabilities() throws {
        let root = try #require(try spec(image()).process?.capabilities)
        #expect(root.effective == root.bounding && root.permitted == root.bounding && root.bounding.count == 14)
        let made = try spec(image { $0.user = "web" })
        #expect(made.process?.user.uid == 1000)
        let sets = try #require(made.process?.capabilities)
        #expect(sets.bounding.count == 14)
        #expect(sets.effective.isEmpty && sets.permitted.isEmpty && sets.inheritable.isEmpty && sets.ambient.isEmpty)
    }

    @Test("labels of an image do not become annotations that a runtime or nexcage acts on")
    func annotations() throws {
        let image = try image {
            $0.labels = ["run.oci.handler": "krun", "nexcage.runtime": "x", "org.opencontainers.image.title": "T"]
            $0.stopSignal = "SIGQUIT"
            $0.exposedPorts = ["80/tcp", "443/tcp"]
        }
        let made = try spec(image) {
            $0.labels = ["team": "blue"]
            $0.annotations = ["team": "red"]
        }
        #expect(
            made.annotations == [
                "org.opencontainers.image.os": "linux", "org.opencontainers.image.architecture": "amd64",
                "org.opencontainers.image.title": "T", "org.opencontainers.image.stopSignal": "SIGQUIT",
                "org.opencontainers.image.exposedPorts": "443/tcp,80/tcp", "team": "red",
            ])
    }

    @Test("volumes come behind the usual mounts, parents first, and one can take the place of a usual mount")
    func mounts() throws {
        let made = try spec(image()) {
            $0.volumes = try ["/tmp:/data/sub", "/tmp:/data:ro", "/tmp:/dev/shm"].map {
                try VolumeArgument(parsing: $0, currentDirectory: "/")
            }
        }
        #expect(made.mounts.suffix(2).map(\.destination) == ["/data", "/data/sub"])
        let shared = made.mounts.filter { $0.destination == "/dev/shm" }
        #expect(shared.count == 1 && shared.first?.type == "bind")
        #expect(throws: NexcageError.self) {
            try spec(image()) {
                $0.volumes = [try VolumeArgument(parsing: "/no/such/dir:/d", currentDirectory: "/")]
            }
        }
        #expect(throws: NexcageError.self) {
            try spec(image()) {
                $0.volumes = try ["/tmp:/d", "/usr:/d"].map { try VolumeArgument(parsing: $0, currentDirectory: "/") }
            }
        }
    }

    @Test("limits and namespaces follow the options")
    func linux() throws {
        let made = try spec(image()) {
            $0.memory = try ByteSize(parsing: "64m")
            $0.cpus = try CPUCount(parsing: "0.5")
            $0.pidsLimit = 10
            $0.hostNetwork = true
            $0.readOnly = true
        }
        let linux = try #require(made.linux)
        #expect(linux.resources?.memory?.limit == 64 << 20)
        #expect(linux.resources?.cpu?.quota == 50_000 && linux.resources?.cpu?.period == 100_000)
        #expect(linux.resources?.pids?.limit == 10)
        #expect(linux.resources?.devices.first?.allow == false)
        #expect(!linux.namespaces.contains { $0.kind == .network })
        #expect(made.root?.readonly == true && made.process?.rlimits.isEmpty == true)
        #expect(try spec(image()).linux?.namespaces.contains { $0.kind == .network } == true)
    }

    @Test("the host name is the container's name, cut to what the kernel takes")
    func hostname() throws {
        #expect(try spec(image()).hostname == "web")
        #expect(try spec(image()) { $0.hostname = "h.example" }.hostname == "h.example")
        #expect(try spec(image()) { $0.name = String(repeating: "n", count: 100) }.hostname?.utf8.count == 64)
        #expect(throws: NexcageError.self) { try spec(image()) { $0.hostname = "a\nb" } }
    }

    @Test("the system call filter refuses mount, opens it to CAP_SYS_ADMIN, and never lets new namespaces through")
    func seccomp() throws {
        func allowed(_ policy: CapabilityPolicy) -> Set<String> {
            let rules = DefaultSeccompProfile.make(capabilities: policy).syscalls
            return Set(rules.filter { $0.action == "SCMP_ACT_ALLOW" && $0.args.isEmpty }.flatMap(\.names))
        }
        let usual = allowed(.usual)
        #expect(usual.contains("openat") && usual.contains("chroot"))
        #expect(usual.isDisjoint(with: ["mount", "unshare", "bpf", "clone", "clone3", "keyctl", "socket"]))
        let admin = allowed(try CapabilityPolicy(adding: ["SYS_ADMIN"]))
        #expect(admin.isSuperset(of: ["mount", "unshare", "clone", "clone3"]) && !admin.contains("keyctl"))
        let names = DefaultSeccompProfile.make(capabilities: .usual).syscalls.prefix(2).flatMap(\.names)
        #expect(Set(names).count == names.count)
    }
}
