public import SystemPackage

/// A program call as a value: an argument vector, never a shell line.
public struct Command: Sendable, Equatable {
    /// Where the program reads its input from.
    public enum Input: Sendable, Equatable {
        case null
        case inherited
    }

    /// Where its output goes.
    public enum Output: Sendable, Equatable {
        /// Kept for the caller; of more than `limit` bytes only the tail.
        case captured(limit: Int)
        case inherited
    }

    /// The program, by absolute path.
    public var executable: FilePath
    /// The arguments without the program's own name.
    public var arguments: [String]
    /// `NAME=value` entries; nothing else of our own environment is passed on.
    public var environment: [String]
    /// Standard input.
    public var input: Input
    /// Standard output.
    public var output: Output
    /// Standard error; kept by default, for the error message.
    public var error: Output
    /// Whether descriptors above 2 that are not close-on-exec are passed on.
    public var inheritsDescriptors: Bool
    /// One descriptor of ours that is passed on with the others (``inheritsDescriptors``) although it is close-on-exec.
    public var keptDescriptor: FileDescriptor?
    /// After how long the program is killed, with all that it started; nil waits for ever.
    public var timeout: Duration?

    /// A command that reads nothing, whose output is kept and that is killed after a minute.
    public init(
        _ executable: FilePath, _ arguments: [String],
        environment: [String] = ["PATH=\(Command.searchPath)", "LC_ALL=C"]
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        input = .null
        output = .captured(limit: 1 << 20)
        error = .captured(limit: 64 << 10)
        inheritsDescriptors = false
        timeout = .seconds(60)
    }

    /// Where programs of the host are looked for when only their name is known.
    public static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// How messages and logs call it: the program's name and its first word.
    public var title: String {
        let name = executable.lastComponent?.string ?? executable.string
        guard let verb = arguments.first(where: { !$0.hasPrefix("-") }) else { return name }
        return "\(name) \(verb)"
    }
}

/// What a program left behind.
public struct CommandResult: Sendable, Equatable {
    /// Its exit code, or 128 + the signal that ended it.
    public var exitCode: Int32
    /// What was captured of standard output.
    public var output: [UInt8]
    /// What was captured of standard error.
    public var error: [UInt8]

    /// A result as a fake runner would give it.
    public init(exitCode: Int32, output: [UInt8] = [], error: [UInt8] = []) {
        self.exitCode = exitCode
        self.output = output
        self.error = error
    }

    /// The last line of standard error that is not empty, without control characters.
    public var complaint: String? {
        let lines = error.split(separator: UInt8(ascii: "\n"))
        guard let last = lines.last(where: { line in line.contains { $0 > 0x20 } }) else { return nil }
        return String(decoding: last.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }
}

/// The only door to other programs, so that tests can put their own behind it.
public protocol CommandRunner: Sendable {
    /// Runs the program and waits for its end.
    ///
    /// - Returns: also for an exit code other than zero; the caller knows what the codes mean.
    /// - Throws: `unavailable` if the program does not exist, `busy` if it had to be killed after its timeout.
    func run(_ command: Command) throws(NexcageError) -> CommandResult
}

extension CommandRunner {
    /// Runs a program that has to succeed.
    ///
    /// - Throws: `failed` with the program's last line of standard error if its exit code is not zero.
    public func check(_ command: Command) throws(NexcageError) -> CommandResult {
        let result = try run(command)
        guard result.exitCode == 0 else {
            let reason = result.complaint ?? "exit code \(result.exitCode)"
            throw NexcageError(.failed, "\(command.title): \(reason)")
        }
        return result
    }
}

extension Command {
    /// The absolute path of a program by name or path.
    ///
    /// - Throws: `unavailable` if no directory of ``searchPath`` has it.
    public static func locate(_ program: String) throws(NexcageError) -> FilePath {
        if program.contains("/") {
            let path = FilePath(program)
            guard HostFile.isExecutable(path) else {
                throw NexcageError(.unavailable, "program \(quoted(program)) does not exist or is not executable")
            }
            return path
        }
        for folder in searchPath.split(separator: ":") {
            let path = FilePath("\(folder)/\(program)")
            if HostFile.isExecutable(path) { return path }
        }
        throw NexcageError(.unavailable, "program \(quoted(program)) is not installed")
    }
}
