internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageSystem

/// `config`: the reference of the configuration file.
struct ConfigurationReference: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "print the reference of the configuration file",
        discussion: "Examples:\n  nexcage config\n  nexcage config --format schema > config.schema.json")

    @Option(name: .shortAndLong, help: "markdown or schema")
    var format = "markdown"

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        switch format {
        case "markdown": try StandardOutput.write(ConfigurationKey.markdown())
        case "schema": try StandardOutput.write(ConfigurationKey.schema())
        default:
            throw NexcageError(.usage, "invalid format \(quoted(format)); the formats are markdown and schema")
        }
        return 0
    }
}
