internal import NexcageEngine
internal import NexcageRuntime
internal import NexcageSystem
internal import SystemPackage

/// `checkpoint`: dumps a container with CRIU.
enum CheckpointVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "checkpoint", operands: "<container-id>", summary: "checkpoint a running container with CRIU",
        options: CheckpointFlags.options + [
            .value("parent-path", nil, "DIR", "images of an earlier --pre-dump"),
            .flag("leave-running", nil, "do not stop the container"),
            .flag("pre-dump", nil, "only dump memory; the container goes on"),
        ],
        examples: [
            "nexcage checkpoint --image-path /srv/dump web",
            "nexcage checkpoint --leave-running --image-path /srv/dump web",
        ])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        var options = try CheckpointFlags.read(arguments)
        options.parentPath = arguments.string("parent-path")
        options.leaveRunning = arguments.has("leave-running")
        options.preDump = arguments.has("pre-dump")
        try invocation.engine.checkpoint(try arguments.containerID(), options)
        return 0
    }
}

/// `restore`: brings a dumped container back.
enum RestoreVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "restore", operands: "<container-id>", summary: "restore a container from a checkpoint",
        options: CheckpointFlags.options + BundleOptions.options + [
            .flag("detach", "d", "return as soon as it runs"),
            .flag("no-subreaper", nil, "passed on to the backend"),
        ],
        examples: [
            "nexcage restore --bundle /srv/web --image-path /srv/dump --detach web",
            "nexcage restore --bundle /srv/web --image-path /srv/dump web",
        ])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        var options = try CheckpointFlags.read(arguments)
        options.noSubreaper = arguments.has("no-subreaper")
        let request = try BundleOptions.request(arguments, invocation)
        return try invocation.engine.restore(request, options, detached: arguments.has("detach"))
    }
}

/// The flags that both share.
enum CheckpointFlags {
    static let options: [OptionSpec] = [
        .value("image-path", nil, "DIR", "where the images are (default ./checkpoint)"),
        .value("work-path", nil, "DIR", "where CRIU puts its log (default: the image path)"),
        .flag("tcp-established", nil, "allow open TCP connections"),
        .flag("ext-unix-sk", nil, "allow external Unix sockets"),
        .flag("shell-job", nil, "allow shell jobs"),
        .flag("file-locks", nil, "allow file locks"),
        .value("manage-cgroups-mode", nil, "MODE", "soft, full, strict or ignore"),
    ]

    static func read(_ arguments: ParsedArguments) throws(NexcageError) -> CheckpointOptions {
        let images = try arguments.path("image-path", default: "checkpoint")
        let work = try arguments.path("work-path", default: images)
        var options = CheckpointOptions(imagePath: images, workPath: work)
        options.tcpEstablished = arguments.has("tcp-established")
        options.externalUnixSockets = arguments.has("ext-unix-sk")
        options.shellJob = arguments.has("shell-job")
        options.fileLocks = arguments.has("file-locks")
        options.manageCgroups = arguments.string("manage-cgroups-mode")
        return options
    }
}
