internal import Glibc
package import NexcageSystem
package import OCISpec
package import SystemPackage

/// `spec`: writes a config.json to start from.
enum SpecVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "spec", operands: "", summary: "write an example config.json",
        options: [
            .value("bundle", "b", "DIR", "where (default: the working directory)"),
            .flag("rootless", nil, "one for a user without privileges"),
        ],
        examples: ["nexcage spec", "nexcage spec --bundle /srv/web"], operandCount: 0...0)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let folder = try arguments.path("bundle", default: ".")
        let example = RuntimeSpec.example(rootless: arguments.has("rootless"), uid: geteuid(), gid: getegid())
        try ExampleFile.write(example, in: folder)
        return 0
    }
}

/// Puts an example where no file may be overwritten.
package enum ExampleFile {
    package static func write(_ spec: RuntimeSpec, in folder: FilePath) throws(NexcageError) {
        guard HostDirectory.isDirectory(folder) else {
            throw NexcageError(.notFound, "bundle \(quoted(folder.string)) is not a directory")
        }
        let file = folder.appending("config.json")
        guard !HostFile.exists(file) else {
            throw NexcageError(.alreadyExists, "file \(quoted(file.string)) already exists; remove it first")
        }
        try HostFile.replace(file, with: spec.encoded(.tabs) + [0x0A], mode: 0o644, durability: .disk)
    }
}
