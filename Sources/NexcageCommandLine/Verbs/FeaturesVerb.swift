internal import NexcageSystem
internal import OCISpec

/// `features`: what this runtime can do (features.md and features-linux.md).
enum FeaturesVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "features", operands: "", summary: "print what nexcage and its backends can do, as JSON", options: [],
        examples: ["nexcage features", "nexcage features | jq .annotations"], operandCount: 0...0)

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try StandardOutput.write(try invocation.engine.features(), style: .spaces(4))
        return 0
    }
}
