internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageSystem
internal import OCISpec

/// `health`: tries what a container needs; the exit code is 1 if something fails.
struct Health: EngineCommand {
    static let configuration = CommandConfiguration(
        commandName: "health", abstract: "check that containers can run on this host",
        discussion: "Examples:\n  nexcage health\n  nexcage health --format json")

    @Option(name: .shortAndLong, help: "table or json")
    var format = "table"

    func run(in invocation: Invocation) throws(NexcageError) -> Int32 {
        let format = try OutputFormat(format)
        let findings = try invocation.engine.health()
        switch format {
        case .table:
            var table = TextTable(header: ["VERDICT", "CHECK", "DETAIL"])
            for finding in findings { table.append([finding.verdict.rawValue, finding.check, finding.detail]) }
            try StandardOutput.write(table.render())
        case .json: try StandardOutput.write(findings)
        }
        return findings.contains { $0.verdict == .fail } ? 1 : 0
    }
}
