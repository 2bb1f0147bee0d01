internal import NexcageRuntime
internal import NexcageSystem

/// A verb of the OCI command line: a grammar, and what to do with what was said.
protocol OCIVerb {
    static var spec: VerbSpec { get }
    /// Does the verb; returns the exit code.
    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32
}

extension OCIVerb {
    /// Parses the words behind the verb and runs it.
    static func main(_ words: ArraySlice<String>, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        let spec = spec
        let help = OptionSpec.flag("help", "h", "show this help")
        let arguments = try ParsedArguments(
            words, options: spec.options + [help], stopsAtOperand: spec.stopsAtOperand, subject: "nexcage \(spec.name)")
        if arguments.has("help") {
            try StandardOutput.write(spec.help())
            return 0
        }
        let count = spec.stopsAtOperand ? arguments.rest.count : arguments.operands.count
        guard spec.operandCount.contains(count) else {
            throw NexcageError(
                .usage,
                "\(spec.name) needs \(spec.operands), \(count) given; see nexcage \(spec.name) --help")
        }
        return try run(arguments, invocation)
    }
}

extension ParsedArguments {
    /// The container that the first operand names.
    func containerID() throws(NexcageError) -> ContainerID {
        guard let text = operands.first ?? rest.first else {
            throw NexcageError(.usage, "a container id is missing")
        }
        return try ContainerID(text)
    }
}
