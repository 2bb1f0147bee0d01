internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// `create`: sets a container up from a bundle, up to the point where its program would run.
enum CreateVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "create", operands: "<container-id>", summary: "create a container from a bundle or an image",
        options: BundleOptions.options,
        examples: ["nexcage create --bundle /srv/web web", "nexcage create --name web oci:/srv/images/nginx"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.create(try BundleOptions.request(arguments, invocation))
        return 0
    }
}

/// The flags that `create`, `run` and `restore` of a bundle share.
enum BundleOptions {
    static let options: [OptionSpec] = [
        .value("bundle", "b", "DIR", "the bundle (default: the working directory)"),
        .value("pid-file", nil, "FILE", "write the pid of the container's first process to FILE"),
        .value("console-socket", nil, "SOCKET", "send the container's terminal to this socket"),
        .value("preserve-fds", nil, "N", "pass descriptors 3 to 2+N to the container"),
        .flag("no-pivot", nil, "do not use pivot_root (for roots on a ramdisk)"),
        .flag("no-new-keyring", nil, "keep the caller's session keyring"),
        .value("runtime", nil, "NAME", "use this backend, whatever the routing rules say"),
        .value("name", nil, "NAME", "the name that routing goes by (default: annotations, else the id)"),
    ]

    static func request(
        _ arguments: ParsedArguments, _ invocation: Invocation
    ) throws(NexcageError) -> BundleRequest {
        var request = BundleRequest(
            id: try arguments.containerID(), bundle: try arguments.path("bundle", default: "."))
        request.runtime = try arguments.string("runtime").map { (word) throws(NexcageError) in try RuntimeChoice(word) }
        if request.runtime == nil { request.runtime = invocation.runtime }
        request.name = arguments.string("name")
        request.consoleSocket = try arguments.path("console-socket")
        request.pidFile = try arguments.path("pid-file")
        request.preservedDescriptors = try arguments.integer("preserve-fds") ?? 0
        guard request.preservedDescriptors >= 0 else {
            throw NexcageError(.usage, "flag --preserve-fds: expected 0 or more")
        }
        request.noPivot = arguments.has("no-pivot")
        request.noNewKeyring = arguments.has("no-new-keyring")
        request.systemdCgroup = invocation.systemdCgroup
        return request
    }
}
