internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// `run IMAGE`: creates a container from an image and starts it.
struct RunImage: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "run an image in a new container",
        discussion: "Examples:\n  nexcage run --rm oci:/srv/images/busybox echo hello\n"
            + "  nexcage run -d --name web -v /srv/www:/www:ro oci-archive:/srv/nginx.tar")

    @OptionGroup var flags: ContainerFlags

    @Flag(name: .long, help: "Delete the container after its end.")
    var rm = false

    @Flag(name: .shortAndLong, help: "Return as soon as it runs, and print its id.")
    var detach = false

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        var request = try flags.request(invocation)
        request.removesItself = rm
        guard detach else { return try invocation.engine.run(request) }
        let background = try BackgroundProcess.begin()
        guard !background.isBackground else {
            try invocation.engine.runDetached(
                request, in: background, removal: try invocation.commandLine(["delete", "--force", "\(request.id)"]))
        }
        // What went wrong there has been said there.
        if let exitCode = try background.wait() { return exitCode }
        try StandardOutput.write("\(request.id)\n")
        return 0
    }
}

/// `create IMAGE`: the same without starting it.
struct CreateImage: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "create a container from an image, to be started later",
        discussion: "Examples:\n  nexcage create --name web oci:/srv/images/nginx\n  nexcage start web")

    @OptionGroup var flags: ContainerFlags

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let request = try flags.request(invocation)
        try invocation.engine.create(request)
        try StandardOutput.write("\(request.id)\n")
        return 0
    }
}
