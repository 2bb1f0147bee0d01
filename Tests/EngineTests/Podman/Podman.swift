import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// The real podman in a place of a test's own, with the nexcage under test as its only runtime.
final class Podman {
    let scratch: Scratch
    private let program: Program
    private let flags: [String]
    /// The image that every place has: busybox and nothing else.
    static let image = "localhost/busybox:test"

    /// - Parameters:
    ///   - engine: further lines for `[engine]` of containers.conf.
    init(_ backend: TestBackend = .crun, engine: String = "") throws {
        let path = try Self.require("podman")
        scratch = try Scratch(backend)
        // podman gives --runtime-flag to some calls only.
        try scratch.write(
            "#!/bin/sh\nexec \(Program.nexcage.path) \(scratch.globalFlags.joined(separator: " ")) \"$@\"\n",
            to: "nexcage", mode: 0o755)
        try scratch.write(
            """
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            \(engine)
            [engine.runtimes]
            nexcage = ["\(scratch.path.appending("nexcage"))"]
            [containers]
            netns = "none"
            log_driver = "k8s-file"
            default_ulimits = []
            [network]
            network_config_dir = "\(scratch.path.appending("networks"))"
            """, to: "containers.conf")
        var program = Program(path: path)
        program.environment.append("CONTAINERS_CONF=\(scratch.path.appending("containers.conf"))")
        self.program = program
        flags = [
            "--root", "\(scratch.path.appending("storage"))", "--runroot", "\(scratch.path.appending("run"))",
            "--tmpdir", "\(scratch.path.appending("tmp"))", "--storage-driver", "overlay", "--runtime", "nexcage",
            "--log-level", "error",
        ]
        let root = scratch.path.appending("image")
        try TestBundle.makeRoot(root)
        _ = try LiveCommandRunner().check(
            Command(Command.locate("tar"), ["-C", "\(root)", "-cf", "\(root).tar", "."]))
        try must("import", "--quiet", "\(root).tar", Self.image)
    }

    deinit {
        do {
            _ = try run(["pod", "rm", "--all", "--force", "--time", "0"])
            _ = try run(["rm", "--all", "--force", "--time", "0"])
            // podman makes this parent of its containers' groups and keeps it; one in use is not empty, and stays.
            let groups = [
                "/sys/fs/cgroup", "-depth", "-path", "*/libpod_parent*", "-type", "d", "-exec", "rmdir", "{}", "+",
            ]
            _ = try LiveCommandRunner().run(Command(try Command.locate("find"), groups))
        } catch {
            print("left behind in \(scratch.path): \(error)")
        }
    }

    /// The path of a program of another project.
    ///
    /// - Throws: a cancellation of the test, which counts as skipped, where it is not installed.
    static func require(_ name: String) throws -> FilePath {
        do throws(NexcageError) {
            return try Command.locate(name)
        } catch {
            try Test.cancel("\(error); run scripts/setup.sh test")
        }
    }

    /// Calls podman.
    @discardableResult
    func run(_ words: [String], input: String = "") throws -> Program.Outcome {
        try program.run(flags + words, input: input, in: scratch.path, timeout: .seconds(120))
    }

    /// Calls podman.
    @discardableResult
    func callAsFunction(_ words: String..., input: String = "") throws -> Program.Outcome {
        try run(words, input: input)
    }

    /// Calls podman in a network of its own, where it may make bridges and firewall rules; all of it ends with the call.
    func runInOwnNetwork(_ words: [String]) throws -> Program.Outcome {
        var unshare = Program(path: try Self.require("unshare"))
        unshare.environment = program.environment
        return try unshare.run(
            ["--net", "--mount", "\(program.path)"] + flags + words, in: scratch.path, timeout: .seconds(120))
    }

    /// Calls podman, which has to succeed; returns what it printed.
    @discardableResult
    func must(_ words: String..., input: String = "") throws -> String {
        let outcome = try run(words, input: input)
        guard outcome.exitCode == 0 else {
            throw NexcageError(.failed, "podman \(words) exits with \(outcome.exitCode): \(outcome.error)")
        }
        return outcome.word
    }

    /// Runs a script of busybox's shell in a container that goes away, and returns what it printed.
    func script(_ script: String, _ options: String...) throws -> String {
        let outcome = try run(["run", "--rm"] + options + [Self.image, "/bin/sh", "-c", script])
        guard outcome.exitCode == 0 else {
            throw NexcageError(.failed, "\(script) exits with \(outcome.exitCode): \(outcome.error)")
        }
        return outcome.word
    }

    /// Starts a container that waits, and returns its name.
    @discardableResult
    func start(_ name: String = "a", _ options: String...) throws -> String {
        let name = scratch.id(name)
        let words = ["run", "--detach", "--name", name] + options + [Self.image, "/bin/sh", "-c", "exec sleep 1000"]
        let outcome = try run(words)
        guard outcome.exitCode == 0 else { throw NexcageError(.failed, "podman \(words): \(outcome.error)") }
        return name
    }

    /// Starts podman at a terminal.
    func spawn(_ words: [String], at terminal: PseudoTerminal) throws -> pid_t {
        try program.spawn(
            flags + words, directory: scratch.path, terminal.program, terminal.program, terminal.program,
            newSession: true)
    }

    /// One value of `podman inspect`.
    func inspect(_ name: String, _ template: String) throws -> String {
        try must("inspect", "--format", "{{\(template)}}", name)
    }
}
