internal import NexcageSystem

/// `state`: prints the OCI state (runtime.md, "State").
enum StateVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "state", operands: "<container-id>", summary: "print the state of a container as JSON", options: [],
        examples: ["nexcage state web", "nexcage state web | jq -r .status"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try StandardOutput.write(try invocation.engine.state(try arguments.containerID()))
        return 0
    }
}
