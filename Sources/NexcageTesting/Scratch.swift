package import Glibc
import NexcageRuntime
import NexcageSystem
package import OCISpec
package import SystemPackage

/// A place of a test's own: a state root, a data root and room for bundles. Its end deletes whatever is left there.
package final class Scratch: Sendable {
    /// On a tmpfs, because removing trees from the test machines' disks takes seconds.
    package let path: FilePath
    package let backend: TestBackend
    /// Part of every id, so that no two tests meet in the host's control groups.
    package let mark: String

    package var stateRoot: FilePath { path.appending("state") }
    package var dataRoot: FilePath { path.appending("data") }

    package init(_ backend: TestBackend = .crun) throws {
        try backend.require()
        self.backend = backend
        path = try makeTemporaryDirectory(in: "/dev/shm", "nexcage-test")
        mark = "t\(try ContainerID.random())"
        // What the host has configured must not decide whether a test passes.
        try write("{}", to: "configuration.json")
    }

    deinit {
        do {
            for id in try nexcage("list", "-q").output.split(separator: "\n") {
                _ = try nexcage("delete", "--force", String(id))
            }
            try Leftovers.clear(mark)
            for mount in try Leftovers.mounts(below: path).reversed() { _ = umount2(mount, Int32(MNT_DETACH)) }
            try HostDirectory.removeTree(path)
        } catch {
            print("left behind in \(path): \(error)")
        }
    }

    /// An id that nobody else has.
    package func id(_ suffix: String = "a") -> String { "\(mark)-\(suffix)" }

    /// `nexcage` with the flags that keep it in this place.
    package var program: Program {
        var program = Program.nexcage
        program.environment.append("NEXCAGE_RUNTIME_DATA_PATH=\(dataRoot)")
        return program
    }

    /// The flags in front of every verb.
    package var globalFlags: [String] {
        [
            "--root", stateRoot.string, "--config", path.appending("configuration.json").string, "--runtime",
            backend.rawValue,
        ]
    }

    /// Calls nexcage.
    @discardableResult
    package func nexcage(
        _ words: String..., input: String = "", environment: [String] = [], directory: FilePath? = nil
    ) throws -> Program.Outcome {
        try nexcage(words, input: input, environment: environment, directory: directory)
    }

    /// Calls nexcage.
    @discardableResult
    package func nexcage(
        _ words: [String], input: String = "", environment: [String] = [], directory: FilePath? = nil
    ) throws -> Program.Outcome {
        var program = program
        program.environment += environment
        return try program.run(globalFlags + words, input: input, in: path, directory: directory)
    }

    /// Calls nexcage, which has to succeed.
    @discardableResult
    package func must(_ words: String..., input: String = "") throws -> Program.Outcome {
        let outcome = try nexcage(words, input: input)
        guard outcome.exitCode == 0 else {
            throw NexcageError(.failed, "nexcage \(words) exits with \(outcome.exitCode): \(outcome.error)")
        }
        return outcome
    }

    /// The OCI state of a container.
    package func state(_ id: String) throws -> ContainerState {
        try ContainerState.decode(Array(try must("state", id).output.utf8))
    }

    /// Puts a file into this place.
    @discardableResult
    package func write(_ text: String, to name: String, mode: mode_t = 0o644) throws -> FilePath {
        let file = path.appending(name)
        try HostFile.replace(file, with: Array(text.utf8), mode: mode, durability: .boot)
        return file
    }
}
