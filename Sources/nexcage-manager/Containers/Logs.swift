internal import ArgumentParser
internal import Glibc
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageRuntime
internal import NexcageSystem
internal import SystemPackage

/// `logs`: what a detached container has written.
struct Logs: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "show the output of a detached container",
        discussion: "Examples:\n  nexcage logs web\n  nexcage logs --follow web")

    @Flag(name: .shortAndLong, help: "Go on until the container ends.")
    var follow = false

    @Argument(help: "The container.")
    var container: String

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let engine = invocation.engine
        let id = try ContainerID(container)
        let file = try HostFile.open(try engine.outputFile(of: id))
        while true {
            // Asked before the reading, so that the last words of a container are not missed.
            let isOver = follow ? try engine.state(id).status == .stopped : true
            while case let bytes = try file.descriptor.readSome(limit: 1 << 16, name: "log"), !bytes.isEmpty {
                try StandardOutput.write(bytes)
            }
            if isOver { return 0 }
            usleep(100_000)
        }
    }
}
