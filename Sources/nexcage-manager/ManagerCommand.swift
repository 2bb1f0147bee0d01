internal import ArgumentParser
internal import NexcageCommandLine
internal import NexcageSystem

/// The verbs for people, which swift-argument-parser reads; the OCI verbs never come here, because it costs more than they do.
enum ManagerCommand: OtherVerbs {
    static let loadsLibraries = true

    static func help(_ words: ArraySlice<String>) throws(NexcageError) -> Int32 {
        try Help.answer(words)
    }

    /// Parses and runs a verb.
    static func run(
        _ verb: String, _ words: ArraySlice<String>, _ invocation: Invocation
    ) throws(NexcageError) -> Int32 {
        guard Self.words.contains(verb) else { throw Help.unknownVerb(verb) }
        guard let command = try parse([verb] + words) else { return 0 }
        return try command.run(in: invocation)
    }

    /// Prints the help of a verb.
    static func help(_ verb: String) throws(NexcageError) -> Int32 {
        _ = try parse([verb, "--help"])
        return 0
    }

    /// The verbs.
    static var words: [String] { Root.commands.map { $0._commandName } }

    /// The verbs with half a line each.
    static var summaries: [(name: String, summary: String)] {
        Root.commands.map { (name: $0._commandName, summary: $0.configuration.abstract) }
    }

    /// The command that the words say, or nil if they asked for help, which has been printed.
    private static func parse(_ words: [String]) throws(NexcageError) -> (any EngineCommand)? {
        do {
            var command = try Root.parseAsRoot(words)
            if let verb = command as? any EngineCommand { return verb }
            // The parser's own help command, which answers by throwing what is to be printed.
            try command.run()
            return nil
        } catch {
            guard Root.exitCode(for: error) == .success else {
                throw NexcageError(.usage, Self.oneLine(Root.message(for: error)))
            }
            try StandardOutput.write(Root.fullMessage(for: error) + "\n")
            return nil
        }
    }

    /// The parser's message as the middle of a sentence.
    private static func oneLine(_ message: String) -> String {
        let text = message.split(separator: "\n").joined(separator: " ")
        let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
        return sentence.prefix(1).lowercased() + sentence.dropFirst()
    }

    /// The root that the parser wants; it is never run itself.
    private struct Root: ParsableCommand {
        static let commands: [any EngineCommand.Type] = [
            RunImage.self, CreateImage.self, Stop.self, Logs.self, Route.self, Info.self, Health.self,
            GenerateConfig.self,
            ConfigurationReference.self,
        ]
        static let configuration = CommandConfiguration(commandName: "nexcage", subcommands: commands)
    }
}

/// A verb of a person: words that the parser has read, and one engine call.
protocol EngineCommand: ParsableCommand {
    /// Does the verb; returns the exit code.
    func run(in invocation: Invocation) throws(NexcageError) -> Int32
}
