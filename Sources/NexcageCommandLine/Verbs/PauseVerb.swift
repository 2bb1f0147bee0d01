internal import NexcageSystem

/// `pause`: freezes a container.
enum PauseVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "pause", operands: "<container-id>", summary: "freeze all processes of a container", options: [],
        examples: ["nexcage pause web", "nexcage pause web && nexcage state web"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.pause(try arguments.containerID())
        return 0
    }
}

/// `resume`: lets a frozen container go on.
enum ResumeVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "resume", operands: "<container-id>", summary: "let a paused container go on", options: [],
        examples: ["nexcage resume web", "nexcage --root /run/mine resume web"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.resume(try arguments.containerID())
        return 0
    }
}
