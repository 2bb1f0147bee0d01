internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageRuntime
internal import NexcageSystem

/// `stop`: asks a container to end, waits, kills.
struct Stop: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "stop a container: signal, wait, kill",
        discussion: "Examples:\n  nexcage stop web\n  nexcage stop -t 30 web")

    @Option(name: [.customShort("t"), .customLong("time")], help: "Seconds to wait before SIGKILL; 0 kills at once.")
    var time: UInt32 = 10

    @Option(name: .shortAndLong, help: "The signal (default: the image's stop signal, else SIGTERM).")
    var signal: String?

    @Argument(help: "The containers.")
    var containers: [String]

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let signal = try signal.map { (word) throws(NexcageError) in try Signal(word) }
        for name in containers {
            try invocation.engine.stop(try ContainerID(name), signal: signal, timeout: .seconds(Int64(time)))
        }
        return 0
    }
}
