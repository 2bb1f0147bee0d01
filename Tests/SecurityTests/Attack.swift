import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// A bundle of somebody who wants out, and beside it what they want to reach.
struct Attack {
    let scratch: Scratch
    let bundle: TestBundle
    /// A directory outside of the container, with one file.
    let outside: FilePath

    /// An attack by the document.
    init(
        _ backend: TestBackend, _ script: String = "sleep 1000", edit: (inout RuntimeSpec) throws -> Void = { _ in }
    ) throws {
        try self.init(backend, script, root: { _, _ in }, edit: edit)
    }

    /// An attack by the root, which is handed in with the directory outside.
    init(
        _ backend: TestBackend, _ script: String = "sleep 1000", root: (FilePath, FilePath) throws -> Void,
        edit: (inout RuntimeSpec) throws -> Void = { _ in }
    ) throws {
        scratch = try Scratch(backend)
        outside = scratch.path.appending("outside")
        try HostDirectory.create(outside, mode: 0o755)
        try scratch.write("untouched", to: "outside/canary")
        bundle = try TestBundle(in: scratch, "bundle", script, edit: edit)
        try root(bundle.root, outside)
    }

    /// Runs the container to its end.
    func run() throws -> Program.Outcome {
        try scratch.nexcage("run", "--bundle", bundle.path.string, scratch.id())
    }

    /// Nothing outside has changed: neither files nor mounts.
    func expectNothingOutside(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(
            try HostDirectory.entries(outside).map(\.string) == ["canary"], sourceLocation: sourceLocation)
        #expect(
            try HostFile.read(outside.appending("canary")) == Array("untouched".utf8), sourceLocation: sourceLocation)
        #expect(try Leftovers.mounts(below: outside) == [], sourceLocation: sourceLocation)
    }

    /// Replaces a name of the root by a symbolic link.
    static func link(_ path: FilePath, to target: String) throws {
        try HostDirectory.removeTree(path)
        try LiveCommandRunner().succeed("ln", "-s", target, path.string)
    }
}

extension LiveCommandRunner {
    /// Runs a program, which has to succeed.
    func succeed(_ name: String, _ arguments: String...) throws {
        _ = try check(Command(try Command.locate(name), arguments))
    }
}
