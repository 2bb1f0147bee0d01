internal import NexcageSystem

/// `help`, `--help`, and what a wrong verb is told.
enum Help {
    /// `nexcage --help` with whatever words follow.
    static func print(_ words: ArraySlice<String>) throws(NexcageError) -> Int32 {
        // Without a verb there is nothing to do, and saying so is not success.
        guard !words.isEmpty else {
            try StandardOutput.write(overview)
            return 0
        }
        return try answer("help", words)
    }

    /// `nexcage help [VERB]` and `nexcage version`.
    static func answer(_ verb: String, _ words: ArraySlice<String>) throws(NexcageError) -> Int32 {
        if verb == "version" { return try Version.print() }
        guard let subject = words.first else {
            try StandardOutput.write(overview)
            return 0
        }
        if let spec = specs.first(where: { $0.name.description == subject }) {
            try StandardOutput.write(spec.help())
            // `run` and `create` are two verbs in one; the second half is that of an image.
            if ManagerCommand.words.contains(subject) { try StandardOutput.write("\nWith an image:\n\n") }
        }
        if ManagerCommand.words.contains(subject) { return try ManagerCommand.help(subject) }
        guard specs.contains(where: { $0.name.description == subject }) else { throw unknownVerb(subject) }
        return 0
    }

    /// The error for a verb that is none.
    static func unknownVerb(_ verb: String) -> NexcageError {
        let nearest = NearestWord.find(verb, in: words)
        let hint = nearest.map { "; did you mean \($0)?" } ?? "; see nexcage help"
        return NexcageError(.usage, "unknown verb \(quoted(verb))\(hint)")
    }

    static let specs: [VerbSpec] = [
        CreateVerb.spec, StartVerb.spec, StateVerb.spec, KillVerb.spec, DeleteVerb.spec, RunVerb.spec, ExecVerb.spec,
        ListVerb.spec, PsVerb.spec, PauseVerb.spec, ResumeVerb.spec, UpdateVerb.spec, EventsVerb.spec, SpecVerb.spec,
        FeaturesVerb.spec, CheckpointVerb.spec, RestoreVerb.spec,
    ]

    private static var words: [String] {
        specs.map { $0.name.description } + ManagerCommand.words + ["help", "version"]
    }

    private static var overview: String {
        var rows = specs.map { (name: $0.name.description, summary: $0.summary.description) }
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
