internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageSystem
internal import OCISpec

/// `route`: explains where a container of a name would go.
struct Route: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "explain which backend a container's name leads to",
        discussion: "Examples:\n  nexcage route cilium-x7k2p\n  nexcage route web --format json")

    @Option(name: .shortAndLong, help: "table or json")
    var format = "table"

    @Option(help: "An annotation, KEY=VALUE; may be repeated.")
    var annotation: [String] = []

    @Argument(help: "The name.")
    var name: String

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        var annotations: [String: String] = [:]
        for text in annotation {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw NexcageError(.usage, "annotation \(quoted(text)): expected KEY=VALUE") }
            annotations[String(parts[0])] = String(parts[1])
        }
        let engine = invocation.engine
        let decision = try engine.route(name, annotations: annotations, runtime: invocation.runtime)
        switch try OutputFormat(format) {
        case .table: try StandardOutput.write("\(name) -> \(decision.backend): \(decision.reason)\n")
        case .json:
            var writer = JSONWriter(style: .pretty)
            writer.beginObject()
            writer.member("name", name)
            writer.member("backend", decision.backend.description)
            writer.member("reason", decision.reason)
            writer.endObject()
            try StandardOutput.write(writer.bytes + [0x0A])
        }
        return 0
    }
}
