internal import CNexcageSystem
internal import Glibc
internal import SystemPackage

/// Runs programs with posix_spawn(3) and reads both outputs at once, so that neither can block the other.
public struct LiveCommandRunner: CommandRunner {
    /// A runner; it keeps nothing between calls.
    public init() {}

    /// See ``CommandRunner/run(_:)``.
    public func run(_ command: Command) throws(NexcageError) -> CommandResult {
        let null = try OwnedDescriptor(checking: open("/dev/null", O_RDWR | O_CLOEXEC), "open", "/dev/null")
        var output = try OutputCollector(command.output)
        var error = try OutputCollector(command.error)
        let input = command.input == .inherited ? STDIN_FILENO : null.descriptor.rawValue
        let pid = try spawn(
            command, input: input, output: output.childDescriptor ?? STDOUT_FILENO,
            error: error.childDescriptor ?? STDERR_FILENO)
        output.closeChildEnd()
        error.closeChildEnd()
        let deadline = command.timeout.map { ContinuousClock.now + $0 }
        let exitCode: Int32
        do throws(NexcageError) {
            try collect(&output, &error, until: deadline, command)
            exitCode = try wait(for: pid, until: deadline, command)
        } catch let failure {
            // A program with a timeout leads a session of its own, and what it started goes with it.
            Glibc.kill(command.timeout == nil ? pid : -pid, SIGKILL)
            _ = try wait(for: pid, until: nil, command)
            throw failure
        }
        return CommandResult(exitCode: exitCode, output: output.take(), error: error.take())
    }

    private func spawn(
        _ command: Command, input: Int32, output: Int32, error: Int32
    ) throws(NexcageError) -> pid_t {
        let name = command.executable.string
        var arguments = ([name] + command.arguments).map { strdup($0) } + [nil]
        var environment = command.environment.map { strdup($0) } + [nil]
        defer {
            for text in arguments + environment { free(text) }
        }
        if let kept = command.keptDescriptor { _ = fcntl(kept.rawValue, F_SETFD, 0) }
        defer {
            if let kept = command.keptDescriptor { _ = fcntl(kept.rawValue, F_SETFD, FD_CLOEXEC) }
        }
        let pid = command.executable.withPlatformString { path in
            arguments.withUnsafeMutableBufferPointer { argv in
                environment.withUnsafeMutableBufferPointer { envp in
                    var plan = nxc_spawn()
                    plan.path = path
                    plan.argv = UnsafePointer(argv.baseAddress)
                    plan.envp = UnsafePointer(envp.baseAddress)
                    plan.standard_input = input
                    plan.standard_output = output
                    plan.standard_error = error
                    plan.inherit_descriptors = command.inheritsDescriptors
                    plan.new_session = command.timeout != nil
                    return nxc_spawn(&plan)
                }
            }
        }
        guard pid > 0 else {
            let reason = Errno(rawValue: -pid)
            if reason == .noSuchFileOrDirectory {
                throw NexcageError(.unavailable, "program \(quoted(name)) is not installed")
            }
            throw NexcageError.system("start", name, reason)
        }
        return pid
    }

    private func collect(
        _ output: inout OutputCollector, _ error: inout OutputCollector, until deadline: ContinuousClock.Instant?,
        _ command: Command
    ) throws(NexcageError) {
        while output.isOpen || error.isOpen {
            var waiting = [
                pollfd(fd: output.pollDescriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: error.pollDescriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&waiting, 2, try milliseconds(until: deadline, command))
            if ready < 0, errno != EINTR { throw NexcageError.system("wait for \(command.title)", nil, .current) }
            if waiting[0].revents != 0 { try output.readOnce() }
            if waiting[1].revents != 0 { try error.readOnce() }
        }
    }

    private func wait(
        for pid: pid_t, until deadline: ContinuousClock.Instant?, _ command: Command
    ) throws(NexcageError) -> Int32 {
        var status: Int32 = 0
        while true {
            let ended = waitpid(pid, &status, deadline == nil ? 0 : WNOHANG)
            if ended == pid { return nxc_exit_code(status) }
            if ended < 0, errno != EINTR { throw NexcageError.system("wait for \(command.title)", nil, .current) }
            if deadline != nil {
                _ = try milliseconds(until: deadline, command)
                usleep(500)
            }
        }
    }

    /// The time left for poll(2).
    private func milliseconds(
        until deadline: ContinuousClock.Instant?, _ command: Command
    ) throws(NexcageError) -> Int32 {
        guard let deadline else { return -1 }
        let left = deadline - ContinuousClock.now
        guard left > .zero else {
            throw NexcageError(.busy, "\(command.title) did not end in time and was killed")
        }
        return Int32(min(left / .milliseconds(1) + 1, 3_600_000))
    }
}
