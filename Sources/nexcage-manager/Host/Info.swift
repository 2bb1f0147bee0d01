internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec

/// `info`: what this nexcage is and what it found on this host.
struct Info: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "show versions, backends and paths",
        discussion: "Examples:\n  nexcage info\n  nexcage info --format json")

    @Option(name: .shortAndLong, help: "table or json")
    var format = "table"

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let engine = invocation.engine
        let configuration = engine.context.configuration
        let facts = [
            (name: "version", value: Engine.version),
            (name: "spec", value: RuntimeSpec.currentVersion),
            (name: "libcrun", value: LibcrunBackend.isBuiltIn ? "\(LibcrunBackend.version), in this process" : "none"),
            (name: "cgroups", value: CgroupLayout.current.rawValue),
            (name: "stateRoot", value: configuration.stateRoot.string),
            (name: "dataRoot", value: configuration.dataRoot.string),
            (name: "storage", value: try engine.storageDriver()),
            (name: "defaultRuntime", value: configuration.defaultRuntime.description),
        ]
        let backends = try engine.backendReports()
        switch try OutputFormat(format) {
        case .table: try StandardOutput.write(Self.table(facts, backends))
        case .json: try StandardOutput.write(Self.document(facts, backends))
        }
        return 0
    }

    private static func table(_ facts: [(name: String, value: String)], _ backends: [BackendReport]) -> String {
        let width = facts.map(\.name.count).max() ?? 0
        let head = facts.map { fact in
            "\(fact.name):\(String(repeating: " ", count: width - fact.name.count + 1))\(fact.value)\n"
        }.joined()
        var table = TextTable(header: ["BACKEND", "STATE", "VERBS"])
        for backend in backends {
            let state =
                switch backend.availability {
                case .ready(let detail): "ready: \(detail)"
                case .missing(let reason): "missing: \(reason)"
                }
            table.append([backend.name, state, backend.verbs.joined(separator: " ")])
        }
        return head + "\n" + table.render()
    }

    private static func document(_ facts: [(name: String, value: String)], _ backends: [BackendReport]) -> [UInt8] {
        var writer = JSONWriter(style: .pretty)
        writer.beginObject()
        for fact in facts { writer.member(fact.name, fact.value) }
        writer.key("backends")
        writer.beginArray()
        for backend in backends {
            writer.beginObject()
            writer.member("name", backend.name)
            switch backend.availability {
            case .ready(let detail):
                writer.member("ready", true)
                writer.member("detail", detail)
            case .missing(let reason):
                writer.member("ready", false)
                writer.member("detail", reason)
            }
            writer.member("verbs", backend.verbs)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [0x0A]
    }
}
