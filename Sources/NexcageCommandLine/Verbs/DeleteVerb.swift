internal import NexcageSystem

/// `delete`: removes a container.
enum DeleteVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "delete", operands: "<container-id>", summary: "delete a container and everything made for it",
        options: [.flag("force", "f", "kill it if it runs; an unknown id is fine")],
        examples: ["nexcage delete web", "nexcage delete --force web"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.delete(try arguments.containerID(), force: arguments.has("force"))
        return 0
    }
}
