internal import NexcageSystem
internal import SystemPackage

/// runc's command line as a pure function from what we want to an argument vector (golden tests hold it to the letter).
enum OCIRuntimeArguments {
    static func global(root: FilePath, log: FilePath, systemdCgroup: Bool) -> [String] {
        ["--root", root.string, "--log", log.string, "--log-format", "json"]
            + (systemdCgroup ? ["--systemd-cgroup"] : [])
    }

    static func create(_ request: CreateRequest, pidFile: FilePath) -> [String] {
        var words = ["create", "--bundle", request.bundle.path.string, "--pid-file", pidFile.string]
        if let socket = request.consoleSocket { words += ["--console-socket", socket.string] }
        if request.noPivot { words.append("--no-pivot") }
        if request.noNewKeyring { words.append("--no-new-keyring") }
        if request.preservedDescriptors > 0 { words += ["--preserve-fds", "\(request.preservedDescriptors)"] }
        return words + ["\(request.container.id)"]
    }

    static func exec(_ id: ContainerID, _ request: ExecRequest, processFile: FilePath) -> [String] {
        var words = ["exec", "--process", processFile.string]
        if request.detached { words.append("--detach") }
        if request.terminal { words.append("--tty") }
        if let socket = request.consoleSocket { words += ["--console-socket", socket.string] }
        if let file = request.pidFile { words += ["--pid-file", file.string] }
        if request.preservedDescriptors > 0 { words += ["--preserve-fds", "\(request.preservedDescriptors)"] }
        return words + ["\(id)"]
    }

    static func checkpoint(_ id: ContainerID, _ options: CheckpointOptions) -> [String] {
        var words = ["checkpoint"] + shared(options)
        if options.leaveRunning { words.append("--leave-running") }
        if options.preDump { words.append("--pre-dump") }
        if let parent = options.parentPath { words += ["--parent-path", parent] }
        return words + ["\(id)"]
    }

    static func restore(_ request: CreateRequest, _ options: CheckpointOptions, pidFile: FilePath) -> [String] {
        var words = ["restore"] + shared(options)
        words += ["--bundle", request.bundle.path.string, "--pid-file", pidFile.string, "--detach"]
        if let socket = options.consoleSocket { words += ["--console-socket", socket.string] }
        if options.noSubreaper { words.append("--no-subreaper") }
        return words + ["\(request.container.id)"]
    }

    private static func shared(_ options: CheckpointOptions) -> [String] {
        var words = ["--image-path", options.imagePath.string, "--work-path", options.workPath.string]
        if options.tcpEstablished { words.append("--tcp-established") }
        if options.externalUnixSockets { words.append("--ext-unix-sk") }
        if options.shellJob { words.append("--shell-job") }
        if options.fileLocks { words.append("--file-locks") }
        if let mode = options.manageCgroups { words += ["--manage-cgroups-mode", mode] }
        return words
    }

    /// What a runtime may know of our environment: where programs are, and what systemd and engines announce.
    static func environment() -> [String] {
        ["PATH", "HOME", "XDG_RUNTIME_DIR", "NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID"].compactMap { name in
            Environment.value(of: name).map { "\(name)=\($0)" }
        }
    }
}

extension Command {
    /// For verbs whose standard streams become the container's: nothing can be captured then, and nothing may time out.
    mutating func passesStandardStreams() {
        input = .inherited
        output = .inherited
        error = .inherited
        inheritsDescriptors = true
        timeout = nil
    }
}
