internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// `exec`: runs a further process in a container.
enum ExecVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "exec", operands: "<container-id> <command> [argument ...]", summary: "run a process in a container",
        options: [
            .value("console-socket", nil, "SOCKET", "send the terminal to this socket"),
            .value("cwd", "w", "DIR", "working directory in the container"),
            .value("env", "e", "NAME=VALUE", "set a variable; may be repeated"),
            .flag("tty", "t", "give it a terminal"),
            .flag("interactive", "i", "accepted for docker's users; standard input is always passed"),
            .value("user", "u", "UID[:GID]", "run as this user"),
            .value("additional-gids", "g", "GID", "a further group; may be repeated"),
            .value("process", "p", "FILE", "an OCI process object that says all this"),
            .flag("detach", "d", "return as soon as it runs"),
            .value("pid-file", nil, "FILE", "write its pid to FILE"),
            .value("process-label", nil, "LABEL", "SELinux label"),
            .value("apparmor", nil, "PROFILE", "AppArmor profile"),
            .flag("no-new-privs", nil, "forbid it to gain privileges"),
            .value("cap", "c", "CAPABILITY", "add a capability; may be repeated"),
            .value("preserve-fds", nil, "N", "pass descriptors 3 to 2+N to it"),
            .flag("ignore-paused", nil, "also in a paused container"),
        ],
        examples: ["nexcage exec web ls /", "nexcage exec -it web sh"], stopsAtOperand: true, operandCount: 1...Int.max)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        var options = ExecOptions()
        options.arguments = Array(arguments.rest.dropFirst())
        options.processFile = try arguments.path("process")
        options.cwd = arguments.string("cwd")
        options.environment = arguments.strings("env")
        options.user = arguments.string("user")
        options.additionalGroups = try arguments.strings("additional-gids").map { (text) throws(NexcageError) in
            guard let gid = UInt32(text) else {
                throw NexcageError(
                    .usage, "invalid value \(quoted(text)) for flag --additional-gids: expected a number")
            }
            return gid
        }
        options.capabilities = arguments.strings("cap")
        options.noNewPrivileges = arguments.has("no-new-privs")
        options.apparmorProfile = arguments.string("apparmor")
        options.processLabel = arguments.string("process-label")
        options.terminal = arguments.has("tty")
        options.detached = arguments.has("detach")
        options.consoleSocket = try arguments.path("console-socket")
        options.pidFile = try arguments.path("pid-file")
        options.preservedDescriptors = try arguments.integer("preserve-fds") ?? 0
        options.ignoresPause = arguments.has("ignore-paused")
        return try invocation.engine.exec(try arguments.containerID(), options)
    }
}
