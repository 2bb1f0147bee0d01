internal import Glibc
public import SystemPackage

/// The three descriptors that a container inherits.
public enum StandardStreams {
    /// Puts this process's streams somewhere else for good.
    ///
    /// - Parameters:
    ///   - input: a file to read; nil is /dev/null.
    ///   - output: a file that standard output and standard error are appended to; nil leaves both as they are.
    public static func redirect(input: FilePath?, output: FilePath?) throws(NexcageError) {
        try open(input ?? "/dev/null", O_RDONLY, as: [STDIN_FILENO])
        if let output { try open(output, O_WRONLY | O_CREAT | O_APPEND, as: [STDOUT_FILENO, STDERR_FILENO]) }
    }

    /// Does something and puts standard output and standard error back where they were, whatever the outcome.
    public static func restoring<Result>(
        _ body: () throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result {
        // Above everything that could be passed to a container.
        let output = try OwnedDescriptor(
            checking: fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 200), "copy", "standard output")
        let error = try OwnedDescriptor(checking: fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 200), "copy", "standard error")
        defer {
            dup2(output.descriptor.rawValue, STDOUT_FILENO)
            dup2(error.descriptor.rawValue, STDERR_FILENO)
        }
        return try body()
    }

    private static func open(_ path: FilePath, _ flags: Int32, as targets: [Int32]) throws(NexcageError) {
        let raw = path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, 0o600) }
        let file = try OwnedDescriptor(checking: raw, "open", path.string)
        for target in targets {
            guard dup2(file.descriptor.rawValue, target) >= 0 else {
                throw NexcageError.system("redirect to", path, .current)
            }
        }
    }
}
