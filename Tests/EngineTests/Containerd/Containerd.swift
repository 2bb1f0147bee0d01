import Glibc
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// The real containerd with a root, a state and a socket of a test's own, and the nexcage under test as its runtime.
final class Containerd {
    let scratch: Scratch
    /// Where clients call it.
    let socket: FilePath
    /// nexcage with a configuration of the test's own; a shim has no place for flags.
    let runtime: FilePath
    private let control: Program
    private let pid: pid_t
    private let call: Call
    /// The image that every place has, in the namespaces `default` and `k8s.io`.
    static let image = "localhost/busybox:latest"

    /// Starts containerd and waits until it answers.
    ///
    /// - Parameter configuration: of nexcage, as JSON.
    init(_ backend: TestBackend = .crun, configuration: String? = nil) throws {
        var server = Program(path: try Podman.require("containerd"))
        var control = Program(path: try Podman.require("ctr"))
        let scratch = try Scratch(backend)
        self.scratch = scratch
        let folder = scratch.path
        socket = folder.appending("containerd.sock")
        runtime = folder.appending("nexcage")
        try scratch.write(configuration ?? #"{"default_runtime": "\#(backend)"}"#, to: "runtime.json")
        try scratch.write(
            "#!/bin/sh\nexec \(Program.nexcage.path) --config \(folder)/runtime.json \"$@\"\n", to: "nexcage",
            mode: 0o755)
        try scratch.write(Self.configuration(folder, socket), to: "config.toml")
        server.environment.append("CONTAINERD_ADDRESS=\(socket)")
        control.environment.append("CONTAINERD_ADDRESS=\(socket)")
        self.control = control
        call = try Call(in: folder, input: "")
        pid = try call.start(server, ["--config", "\(folder)/config.toml"], directory: folder)
        try eventually("containerd answers") {
            try control.run(["version"], in: folder).exitCode == 0
        }
        let archive = try Self.archive(in: scratch)
        for namespace in ["default", "k8s.io"] {
            try must("--namespace", namespace, "image", "import", "--base-name", "localhost/busybox", archive)
        }
    }

    deinit {
        do {
            try endProcesses()
            kill(pid, SIGTERM)
            _ = try Program.wait(for: pid, timeout: .seconds(30), ["containerd"])
        } catch {
            print("left behind in \(scratch.path): \(error)")
        }
    }

    /// Ends what containerd leaves running when it is stopped: shims, each with its container.
    private func endProcesses() throws {
        for name in try HostDirectory.entries("/proc") {
            guard let process = Int32(name.string), process != pid,
                let words = try? HostFile.readStream(FilePath("/proc/\(process)/cmdline"), limit: 1 << 16)
            else { continue }
            let line = String(decoding: words, as: UTF8.self)
            guard line.contains("containerd-shim"), line.contains("\(socket)") else { continue }
            kill(process, SIGKILL)
        }
    }

    private static func configuration(_ folder: FilePath, _ socket: FilePath) -> String {
        """
        version = 2
        root = "\(folder)/root"
        state = "\(folder)/run"
        [grpc]
          address = "\(socket)"
        [ttrpc]
          address = "\(socket).ttrpc"
        [plugins."io.containerd.internal.v1.opt"]
          path = "\(folder)/opt"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "\(image)"
          disable_apparmor = true
          restrict_oom_score_adj = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "\(folder)/cni"
            conf_dir = "\(folder)/cni"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            default_runtime_name = "nexcage"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nexcage]
              runtime_type = "io.containerd.runc.v2"
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nexcage.options]
                BinaryName = "\(folder)/nexcage"
        """
    }

    /// An image whose command waits, which is all that a sandbox has to do.
    private static func archive(in scratch: Scratch) throws -> String {
        let image = try TestImage(in: scratch) { defaults in
            defaults.entrypoint = []
            defaults.cmd = ["/bin/sleep", "1000"]
            defaults.workingDir = "/"
        }
        let reference = try image.reference(.layoutArchive)
        return String(reference.dropFirst("oci-archive:".count).dropLast(":latest".count))
    }

    /// What containerd has said so far.
    func log() throws -> String { try call.outcome(0).error }

    /// Calls ctr.
    @discardableResult
    func callAsFunction(_ words: String...) throws -> Program.Outcome {
        try control.run(words, in: scratch.path, timeout: .seconds(120))
    }

    /// Calls ctr, which has to succeed; returns what it printed.
    @discardableResult
    func must(_ words: String...) throws -> String {
        let outcome = try control.run(words, in: scratch.path, timeout: .seconds(120))
        guard outcome.exitCode == 0 else {
            throw NexcageError(
                .failed,
                "ctr \(words) exits with \(outcome.exitCode): \(outcome.error)\(try log().suffix(2000))"
            )
        }
        return outcome.word
    }

    /// Calls ctr at a terminal.
    func spawn(_ words: [String], at terminal: PseudoTerminal) throws -> pid_t {
        try control.spawn(
            words, directory: scratch.path, terminal.program, terminal.program, terminal.program, newSession: true)
    }

    /// `ctr run` with our runtime.
    func run(_ options: [String], _ id: String, _ command: String...) throws -> Program.Outcome {
        try control.run(
            ["run", "--runc-binary", "\(runtime)"] + options + [Self.image, id] + command, in: scratch.path,
            timeout: .seconds(120))
    }

    /// Starts a container that waits, and returns its id.
    func start(_ name: String = "a") throws -> String {
        let id = scratch.id(name)
        let outcome = try run(["--detach"], id, "/bin/sleep", "1000")
        guard outcome.exitCode == 0 else { throw NexcageError(.failed, "ctr run: \(outcome.error)") }
        return id
    }

    /// Kills and removes a container.
    func remove(_ id: String) throws {
        try must("task", "delete", "--force", id)
        try must("container", "delete", id)
    }
}
