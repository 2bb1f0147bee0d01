internal import NexcageSystem

/// `start`: lets a created container run its program.
enum StartVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "start", operands: "<container-id>", summary: "start a created container", options: [],
        examples: ["nexcage start web", "nexcage --root /run/mine start web"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.start(try arguments.containerID())
        return 0
    }
}
