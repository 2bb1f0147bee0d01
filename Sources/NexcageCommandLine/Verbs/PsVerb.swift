internal import NexcageSystem
internal import OCISpec

/// `ps`: the processes of a container.
enum PsVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "ps", operands: "<container-id> [ps option ...]", summary: "list the processes of a container",
        options: [.value("format", "f", "FORMAT", "table or json")],
        examples: ["nexcage ps web", "nexcage ps --format json web"], stopsAtOperand: true, operandCount: 1...Int.max)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        // runc's callers also put the format behind the id.
        var words = Array(arguments.rest.dropFirst())
        var format = try OutputFormat(arguments.string("format"))
        if words.count == 2, words[0] == "--format" || words[0] == "-f", words[1] == "json" || words[1] == "table" {
            format = try OutputFormat(words[1])
            words = []
        }
        let pids = try invocation.engine.processes(try arguments.containerID())
        switch format {
        case .json: try StandardOutput.write(pids.encoded() + [0x0A])
        case .table: try StandardOutput.write(try table(pids, options: words, invocation))
        }
        return 0
    }

    /// The lines of ps(1) that belong to the container.
    private static func table(
        _ pids: [Int32], options: [String], _ invocation: Invocation
    ) throws(NexcageError) -> String {
        let command = Command(try Command.locate("ps"), options.isEmpty ? ["-ef"] : options)
        let result = try invocation.engine.context.runner.check(command)
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        guard let header = lines.first,
            let column = header.split(separator: " ").firstIndex(of: "PID")
        else {
            throw NexcageError(.failed, "ps prints no column PID with these options")
        }
        let own = lines.dropFirst().filter { line in
            let fields = line.split(separator: " ")
            return fields.indices.contains(column) && Int32(fields[column]).map(pids.contains) ?? false
        }
        return ([header] + own).map { $0 + "\n" }.joined()
    }
}
