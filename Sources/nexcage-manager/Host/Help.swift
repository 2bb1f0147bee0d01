internal import NexcageCommandLine
internal import NexcageSystem

/// `help`, `--help`, and what a wrong verb is told.
enum Help {
    /// `nexcage help [VERB]`, and what `--help` is with the words behind it.
    static func answer(_ words: ArraySlice<String>) throws(NexcageError) -> Int32 {
        guard let subject = words.first else {
            try StandardOutput.write(overview)
            return 0
        }
        if let spec = CommandLineProgram.verbs.first(where: { $0.name.description == subject }) {
            try StandardOutput.write(spec.help())
            // `run` and `create` are two verbs in one; the second half is that of an image.
            if ManagerCommand.words.contains(subject) { try StandardOutput.write("\nWith an image:\n\n") }
        }
        if ManagerCommand.words.contains(subject) { return try ManagerCommand.help(subject) }
        guard CommandLineProgram.verbs.contains(where: { $0.name.description == subject }) else {
            throw unknownVerb(subject)
        }
        return 0
    }

    /// The error for a verb that is none.
    static func unknownVerb(_ verb: String) -> NexcageError {
        let nearest = NearestWord.find(verb, in: words)
        let hint = nearest.map { "; did you mean \($0)?" } ?? "; see nexcage help"
        return NexcageError(.usage, "unknown verb \(quoted(verb))\(hint)")
    }

    private static var words: [String] {
        CommandLineProgram.verbs.map { $0.name.description } + ManagerCommand.words + ["help", "version"]
    }

    private static var overview: String {
        var rows = CommandLineProgram.verbs.map { (name: $0.name.description, summary: $0.summary.description) }
        for command in ManagerCommand.summaries where !rows.contains(where: { $0.name == command.name }) {
            rows.append(command)
        }
        rows += [("help", "show this text, or that of a verb"), ("version", "show the version")]
        let width = rows.map(\.name.count).max() ?? 0
        let table = rows.map { row in
            "   \(row.name)\(String(repeating: " ", count: width - row.name.count + 3))\(row.summary)\n"
        }.joined()
        return """
            nexcage - runs OCI images and bundles, and picks the backend by rules on the container's name

            Examples:
               nexcage run --rm oci:/srv/images/busybox echo hello
               nexcage list

            Usage:
               nexcage [global flags] <verb> [flags] [operands]

            Verbs:
            \(table)
            Global flags:
            \(VerbSpec.table(GlobalOptions.options))
            """
    }
}
