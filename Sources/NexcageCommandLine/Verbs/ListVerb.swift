internal import NexcageEngine
package import NexcageSystem
internal import OCISpec

/// `list`: the containers of all backends in one table.
enum ListVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "list", operands: "", summary: "list the containers of all backends",
        options: [
            .flag("quiet", "q", "only the ids"),
            .value("format", "f", "FORMAT", "table or json"),
        ],
        examples: ["nexcage list", "nexcage list --format json | jq '.[].id'"], operandCount: 0...0)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let format = try OutputFormat(arguments.string("format"))
        let containers = try invocation.engine.list()
        if arguments.has("quiet") {
            try StandardOutput.write(containers.map { $0.state.id + "\n" }.joined())
            return 0
        }
        switch format {
        case .json: try StandardOutput.write(containers)
        case .table: try StandardOutput.write(table(containers).render())
        }
        return 0
    }

    /// runc's columns, and behind them ours, so that scripts that count columns keep working.
    private static func table(_ containers: [ContainerSummary]) -> TextTable {
        var table = TextTable(header: ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER", "BACKEND", "IMAGE"])
        for container in containers {
            let state = container.state
            table.append([
                state.id, "\(state.pid ?? 0)", state.status.rawValue, state.bundle, state.created ?? "-",
                state.owner ?? "-", container.backend.isEmpty ? "-" : container.backend, container.image ?? "-",
            ])
        }
        return table
    }
}

/// What `--format` may be where there is a table and a document.
package enum OutputFormat: String {
    case table
    case json

    package init(_ word: String?) throws(NexcageError) {
        guard let format = OutputFormat(rawValue: word ?? "table") else {
            throw NexcageError(.usage, "invalid format \(quoted(word ?? "")); the formats are table and json")
        }
        self = format
    }
}
