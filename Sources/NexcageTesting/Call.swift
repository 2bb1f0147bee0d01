import CNexcageSystem
package import Glibc
import NexcageSystem
package import SystemPackage

/// The files of one call of a ``Program``, removed with it.
package final class Call {
    private let folder: FilePath

    package init(in parent: FilePath, input: String) throws {
        folder = try makeTemporaryDirectory(in: parent, "call")
        try HostFile.replace(folder.appending("input"), with: Array(input.utf8), durability: .boot)
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(folder) } catch { print("left behind: \(error)") }
    }

    /// Starts the program with the files as its standard streams.
    package func start(_ program: Program, _ arguments: [String], directory: FilePath) throws -> pid_t {
        let input = try open("input", O_RDONLY)
        let output = try open("output", O_WRONLY | O_CREAT | O_APPEND)
        let error = try open("error", O_WRONLY | O_CREAT | O_APPEND)
        return try program.spawn(
            arguments, directory: directory, input.descriptor, output.descriptor, error.descriptor)
    }

    /// What the call left behind, once it has ended with an exit code.
    package func outcome(_ exitCode: Int32) throws -> Program.Outcome {
        Program.Outcome(exitCode: exitCode, output: try text("output"), error: try text("error"))
    }

    /// What is in one of the files.
    private func text(_ name: String) throws -> String {
        String(decoding: try HostFile.read(folder.appending(name)), as: UTF8.self)
    }

    private func open(_ name: String, _ flags: Int32) throws -> OwnedDescriptor {
        let path = folder.appending(name)
        let raw = path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, 0o600) }
        return try OwnedDescriptor(checking: raw, "open", path.string)
    }
}

extension Program {
    /// Starts the program; the caller waits for it.
    package func spawn(
        _ arguments: [String], directory: FilePath, _ input: FileDescriptor, _ output: FileDescriptor,
        _ error: FileDescriptor, newSession: Bool = false
    ) throws -> pid_t {
        var strings = CStrings()
        let argv = ([path.string] + arguments).map { UnsafeMutablePointer(mutating: strings.copy($0)) } + [nil]
        let envp = environment.map { UnsafeMutablePointer(mutating: strings.copy($0)) } + [nil]
        let pid = argv.withUnsafeBufferPointer { argv in
            envp.withUnsafeBufferPointer { envp in
                var plan = nxc_spawn()
                plan.path = strings.copy(path)
                plan.argv = argv.baseAddress
                plan.envp = envp.baseAddress
                plan.directory = strings.copy(directory)
                plan.standard_input = input.rawValue
                plan.standard_output = output.rawValue
                plan.standard_error = error.rawValue
                plan.new_session = newSession
                return nxc_spawn(&plan)
            }
        }
        guard pid > 0 else { throw NexcageError.system("start", path, Errno(rawValue: -pid)) }
        return pid
    }
}

/// A new directory; mkdtemp(3) finds the name.
package func makeTemporaryDirectory(in parent: FilePath, _ name: String) throws -> FilePath {
    var template = Array("\(parent)/\(name).XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", parent, .current) }
    return FilePath(platformString: template)
}
