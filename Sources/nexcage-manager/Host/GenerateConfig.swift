internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// `generate-config`: writes a config.json that runs a shell under the container's name.
struct GenerateConfig: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-config", abstract: "write a config.json for a container into a bundle",
        discussion: "Examples:\n  nexcage generate-config --bundle /srv/web web\n  nexcage generate-config web")

    @Option(name: .shortAndLong, help: "The bundle (default: the working directory).")
    var bundle: String?

    @Argument(help: "The container's id, which becomes its hostname.")
    var id: String

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let folder = try HostDirectory.absolute(FilePath(bundle ?? "."))
        var spec = RuntimeSpec.example()
        spec.hostname = "\(try ContainerID(id))"
        spec.process?.args = ["/bin/sh"]
        spec.process?.terminal = false
        spec.root?.readonly = false
        try ExampleFile.write(spec, in: folder)
        return 0
    }
}
