internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageRuntime
internal import NexcageSystem

/// The flags that `run` and `create` of an image share; the words behind the image belong to the container.
struct ContainerFlags: ParsableArguments {
    @Option(help: "The container's name and id (default: a new one).")
    var name: String?

    @Flag(name: .shortAndLong, help: "Pass standard input to the container.")
    var interactive = false

    @Flag(name: .shortAndLong, help: "Give the container a terminal.")
    var tty = false

    @Option(name: .shortAndLong, help: "Set a variable, NAME=VALUE; may be repeated.")
    var env: [String] = []

    @Option(name: .shortAndLong, help: "The working directory in the container.")
    var workdir: String?

    @Option(name: .shortAndLong, help: "name|uid[:group|gid] in the container.")
    var user: String?

    @Option(name: .shortAndLong, help: "Mount a host directory, SRC:DST[:ro]; may be repeated.")
    var volume: [String] = []

    @Option(name: .shortAndLong, help: "Memory limit; k, m and g are understood.")
    var memory: String?

    @Option(help: "CPU limit, as 0.5 or 2.")
    var cpus: String?

    @Option(help: "Limit of processes and threads.")
    var pidsLimit: Int64?

    @Option(help: "The host name in the container (default: its name).")
    var hostname: String?

    @Option(help: "Replace the image's entrypoint.")
    var entrypoint: String?

    @Flag(help: "Make the root file system read-only.")
    var readOnly = false

    @Option(help: "none (only lo) or host.")
    var network = "none"

    @Option(help: "Add a capability; may be repeated.")
    var capAdd: [String] = []

    @Option(help: "Drop a capability; may be repeated.")
    var capDrop: [String] = []

    @Option(help: "An annotation, KEY=VALUE; may be repeated.")
    var annotation: [String] = []

    @Option(help: "Use this backend, whatever the routing rules say.")
    var runtime: String?

    @Argument(parsing: .captureForPassthrough, help: "The image, and the command to run instead of the image's own.")
    var imageAndCommand: [String] = []

    /// What the flags ask for.
    func request(_ invocation: Invocation) throws(NexcageError) -> ImageRequest {
        guard let image = imageAndCommand.first else {
            throw NexcageError(.usage, "an image is missing; write oci:DIR[:TAG], oci-archive:FILE or rootfs:DIR")
        }
        guard !image.hasPrefix("-") else { throw Self.unknownFlag(image) }
        let id = if let name { try ContainerID(name) } else { try ContainerID.random() }
        var request = ImageRequest(id: id, reference: image, options: try options(id))
        request.runtime = try runtime.map { (word) throws(NexcageError) in try RuntimeChoice(word) }
        if request.runtime == nil { request.runtime = invocation.runtime }
        request.systemdCgroup = invocation.systemdCgroup
        request.interactive = interactive
        let progress = ProgressLine()
        request.report = { progress.show($0) }
        return request
    }

    private static func unknownFlag(_ word: String) -> NexcageError {
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        let known = BundleOrImage.imageFlagsWithValue.union([
            "rm", "detach", "interactive", "tty", "read-only", "bundle",
        ])
        // One letter is near to every other one.
        let nearest = NearestWord.find(name, in: known.filter { $0.count > 1 }.sorted())
        return NexcageError(.usage, "unknown flag \(quoted(word))" + (nearest.map { "; did you mean --\($0)?" } ?? ""))
    }

    private func options(_ id: ContainerID) throws(NexcageError) -> ContainerOptions {
        var options = ContainerOptions(name: id.description)
        options.command = Array(imageAndCommand.dropFirst())
        options.entrypoint = entrypoint.map { $0.isEmpty ? [] : [$0] }
        options.environment = try env.map { (text) throws(NexcageError) in try EnvironmentVariable(parsing: text) }
        options.workingDirectory = workdir
        options.user = user
        options.hostname = hostname
        let here = try HostDirectory.current()
        options.volumes = try volume.map { (text) throws(NexcageError) in
            try VolumeArgument(parsing: text, currentDirectory: here)
        }
        options.memory = try memory.map { (text) throws(NexcageError) in try ByteSize(parsing: text) }
        options.cpus = try cpus.map { (text) throws(NexcageError) in try CPUCount(parsing: text) }
        options.pidsLimit = pidsLimit
        options.terminal = tty
        options.readOnly = readOnly
        guard network == "none" || network == "host" else {
            throw NexcageError(.usage, "invalid network \(quoted(network)); the networks are none and host")
        }
        options.hostNetwork = network == "host"
        if !capAdd.isEmpty || !capDrop.isEmpty {
            options.capabilities = try CapabilityPolicy(adding: capAdd, dropping: capDrop)
        }
        for text in annotation {
            let pair = try EnvironmentVariable(parsing: text)
            options.annotations[pair.name] = pair.value
        }
        return options
    }
}
