internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension SpecGenerator {
    /// The process: what the user asked for, else what the image says, else what is usual.
    func process(_ user: ContainerUser) throws(NexcageError) -> ProcessSpec {
        var process = ProcessSpec()
        process.terminal = options.terminal
        process.user = user.spec
        process.args = try arguments()
        process.cwd = try workingDirectory()
        process.env = try environment(home: user.home).variables.map(\.description)
        process.noNewPrivileges = options.noNewPrivileges
        process.capabilities = capabilities(of: user)
        return process
    }

    /// An entrypoint of the user's own makes the image's Cmd meaningless: it was written for another program.
    private func arguments() throws(NexcageError) -> [String] {
        let entrypoint = options.entrypoint ?? image.entrypoint
        let command = options.command.isEmpty && options.entrypoint == nil ? image.cmd : options.command
        let arguments = entrypoint + command
        guard let program = arguments.first else {
            throw NexcageError(.invalid, "the image names no command; write one behind the image")
        }
        guard !program.isEmpty else { throw NexcageError(.invalid, "the name of the command is empty") }
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw NexcageError(.invalid, "command \(quoted(program)): an argument has a NUL byte")
        }
        return arguments
    }

    private func workingDirectory() throws(NexcageError) -> String {
        let asked = options.workingDirectory ?? image.workingDir ?? ""
        let path = asked.isEmpty ? "/" : asked
        func refusal(_ reason: String) -> NexcageError {
            NexcageError(.invalid, "working directory \(quoted(path)): \(reason)")
        }
        guard path.utf8.first == UInt8(ascii: "/") else { throw refusal("not an absolute path") }
        guard !path.utf8.contains(where: { $0 < 0x20 }) else { throw refusal("control characters are not allowed") }
        // A descriptor that leaked into the container would be a way to a directory of the host (CVE-2024-21626).
        let components = FilePath(path).lexicallyNormalized().components
        guard components.first?.string != "proc" || components.count == 1 else {
            throw refusal("nothing below /proc can be used")
        }
        return path
    }

    /// The image's variables, then the user's over them, then the usual ones for those that are still missing.
    private func environment(home: String) throws(NexcageError) -> ContainerEnvironment {
        var environment = ContainerEnvironment()
        for text in image.env {
            do throws(NexcageError) {
                environment.set(try EnvironmentVariable(parsing: text))
            } catch { throw error.wrapped("image") }
        }
        // Programs write HOME into line-based files such as /etc/passwd (CVE-2022-4318).
        guard environment["HOME"]?.utf8.contains(where: { $0 < 0x20 }) != true else {
            throw NexcageError(.invalid, "image: environment variable \"HOME\": control characters are not allowed")
        }
        for variable in options.environment { environment.set(variable) }
        environment.setDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        environment.setDefault("HOSTNAME", try hostname())
        if options.terminal { environment.setDefault("TERM", "xterm") }
        environment.setDefault("HOME", home)
        return environment
    }

    /// Nothing is inheritable (CVE-2022-24769), and a process that is not root has nothing but the bounding set: what
    /// execve(2) would leave it.
    private func capabilities(of user: ContainerUser) -> CapabilitySets {
        var sets = CapabilitySets()
        sets.bounding = options.capabilities.names
        if user.uid == 0 {
            sets.effective = options.capabilities.names
            sets.permitted = options.capabilities.names
        }
        return sets
    }

    /// sethostname(2) takes 64 bytes. A container's name may be longer and is then cut, a host name that the user wrote
    /// never is.
    func hostname() throws(NexcageError) -> String {
        guard let asked = options.hostname else { return String(options.name.prefix(64)) }
        guard (1...64).contains(asked.utf8.count), !asked.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw NexcageError(.usage, "hostname \(quoted(asked)): expected 1 to 64 bytes without spaces")
        }
        return asked
    }
}
