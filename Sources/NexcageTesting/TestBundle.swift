import Glibc
import NexcageSystem
package import OCISpec
package import SystemPackage

/// A bundle whose root file system is Debian's static busybox.
package struct TestBundle {
    package let path: FilePath
    package var root: FilePath { path.appending("rootfs") }

    /// Makes a bundle in the place of a test.
    ///
    /// - Parameters:
    ///   - script: what the container's shell does.
    ///   - edit: changes the document that `nexcage spec` wrote, before it is written back.
    package init(
        in scratch: Scratch, _ name: String = "bundle", _ script: String = "sleep 1000",
        edit: (inout RuntimeSpec) throws -> Void = { _ in }
    ) throws {
        path = scratch.path.appending(name)
        try Self.makeRoot(path.appending("rootfs"))
        try scratch.must("spec", "--bundle", path.string)
        let file = path.appending("config.json")
        var spec = try RuntimeSpec.decode(HostFile.read(file))
        spec.process?.terminal = false
        spec.process?.args = ["/bin/sh", "-c", script]
        // The test machines have no CAP_SYS_RESOURCE.
        spec.process?.rlimits = []
        spec.root?.readonly = false
        try edit(&spec)
        try HostFile.replace(file, with: spec.encoded(.pretty), durability: .boot)
    }

    /// A root file system with a shell and its tools.
    package static func makeRoot(_ root: FilePath) throws {
        for folder in ["bin", "dev", "proc", "sys", "tmp", "etc"] {
            try HostDirectory.create(root.appending(folder), mode: 0o755)
        }
        let busybox = try HostFile.read("/bin/busybox")
        try HostFile.replace(root.appending("bin/busybox"), with: busybox, mode: 0o755, durability: .boot)
        for name in ["sh", "sleep", "cat", "echo", "true", "false", "id", "env", "pwd", "ls", "stty", "hostname"] {
            guard symlink("busybox", root.appending("bin/\(name)").string) == 0 else {
                throw NexcageError.system("link", name, .current)
            }
        }
        // Containers of the tests run as several users and write here.
        guard chmod(root.string, 0o777) == 0 else { throw NexcageError.system("chmod", root, .current) }
    }

    /// Whether the container has made a file.
    package func has(_ name: String) -> Bool { HostFile.exists(root.appending(name)) }

    /// What is in a file of the container, without the newline at its end.
    package func text(_ name: String) throws -> String {
        let text = String(decoding: try HostFile.read(root.appending(name)), as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}

/// Waits for something that a process of a test is about to do.
///
/// - Throws: when it has not happened after a time that only a broken program needs.
package func eventually(_ what: String, within limit: Duration = .seconds(30), _ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw NexcageError(.busy, "waited in vain: \(what)") }
        usleep(2_000)
    }
}
