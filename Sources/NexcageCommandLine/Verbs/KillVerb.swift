internal import NexcageSystem

/// `kill`: sends a signal.
enum KillVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "kill", operands: "<container-id> [signal]", summary: "send a signal to a container (default SIGTERM)",
        options: [
            .flag("all", "a", "to every process, not only the first"),
            .value("signal", "s", "SIGNAL", "the signal by name or number"),
        ],
        examples: ["nexcage kill web HUP", "nexcage kill --all web 9"], operandCount: 1...2)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let operand = arguments.operands.count == 2 ? arguments.operands[1] : nil
        if let flag = arguments.string("signal"), let operand, flag != operand {
            throw NexcageError(.usage, "kill: both --signal \(quoted(flag)) and \(quoted(operand)) are given")
        }
        let word = operand ?? arguments.string("signal") ?? "TERM"
        try invocation.engine.kill(
            try arguments.containerID(), try Signal(word), everyProcess: arguments.has("all"))
        return 0
    }
}
