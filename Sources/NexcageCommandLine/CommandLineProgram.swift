internal import NexcageEngine
package import NexcageSystem

/// What a program does with the command lines that are not the OCI runtime's.
package protocol OtherVerbs {
    /// Whether this program can load shared libraries: CRIU's and systemd's (docs/adr/0004).
    static var loadsLibraries: Bool { get }
    /// Answers `help` and `--help` for verbs that are not the OCI runtime's alone; returns the exit code.
    static func help(_ words: ArraySlice<String>) throws(NexcageError) -> Int32
    /// Runs a verb with the words behind it; returns the exit code.
    static func run(
        _ verb: String, _ words: ArraySlice<String>, _ invocation: Invocation
    ) throws(NexcageError) -> Int32
}

/// The program: words on a command line to one engine call, and its result to an exit code.
///
/// Everything here is synchronous and on one thread, because libcrun forks in this process (docs/adr/0001).
package struct CommandLineProgram {
    /// The grammars of the OCI verbs, in the order of the help.
    package static let verbs: [VerbSpec] = [
        CreateVerb.spec, StartVerb.spec, StateVerb.spec, KillVerb.spec, DeleteVerb.spec, RunVerb.spec, ExecVerb.spec,
        ListVerb.spec, PsVerb.spec, PauseVerb.spec, ResumeVerb.spec, UpdateVerb.spec, EventsVerb.spec, SpecVerb.spec,
        FeaturesVerb.spec, CheckpointVerb.spec, RestoreVerb.spec,
    ]

    private let others: any OtherVerbs.Type

    /// A program that leaves what it does not do itself to others.
    package init(others: any OtherVerbs.Type) {
        self.others = others
    }

    /// Runs one command line.
    ///
    /// - Parameter words: argv, the program's own name first.
    /// - Returns: the exit code (docs/exit-codes.md).
    package func run(_ words: [String]) -> Int32 {
        var invocation: Invocation?
        var verb: String?
        var flags: GlobalOptions?
        do throws(NexcageError) {
            let global = try GlobalOptions(words.dropFirst())
            flags = global
            verb = global.arguments.rest.first
            if global.arguments.has("version") { return try Version.print() }
            // An error in the configuration must not keep anybody from the help.
            guard let verb, !global.arguments.has("help") else { return try others.help(global.arguments.rest) }
            let rest = global.arguments.rest.dropFirst()
            if verb == "version" { return try Version.print() }
            if verb == "help" { return try others.help(rest) }
            let made = try Invocation(global, others)
            invocation = made
            return try dispatch(verb, rest, made)
        } catch {
            ErrorReport.write(error, invocation?.engine.context ?? flags.flatMap { Self.contextForErrors($0) })
            let answersForContainer = verb == "run" || verb == "exec"
            return answersForContainer ? error.code.exitStatusOfRun : error.code.exitStatus
        }
    }

    /// Where an error is told that kept the engine from being made.
    private static func contextForErrors(_ flags: GlobalOptions) -> Context? {
        guard let configuration = flags.configurationForErrors() else { return nil }
        do throws(NexcageError) {
            return Context(configuration: configuration, logger: try Invocation.logger(configuration))
        } catch {
            // The log cannot be opened; standard error is left.
            return nil
        }
    }

    private func dispatch(
        _ verb: String, _ words: ArraySlice<String>, _ invocation: Invocation
    ) throws(NexcageError) -> Int32 {
        let asksForHelp = words.first == "--help" || words.first == "-h"
        switch verb {
        case "create" where asksForHelp, "run" where asksForHelp: return try others.help([verb])
        case _ where !others.loadsLibraries && invocation.needsLibraries(verb):
            return try others.run(verb, words, invocation)
        case "create":
            return try BundleOrImage.isBundle(words, CreateVerb.spec)
                ? try CreateVerb.main(words, invocation) : try others.run(verb, words, invocation)
        case "run":
            return try BundleOrImage.isBundle(words, RunVerb.spec)
                ? try RunVerb.main(words, invocation) : try others.run(verb, words, invocation)
        case "start": return try StartVerb.main(words, invocation)
        case "state": return try StateVerb.main(words, invocation)
        case "kill": return try KillVerb.main(words, invocation)
        case "delete": return try DeleteVerb.main(words, invocation)
        case "exec": return try ExecVerb.main(words, invocation)
        case "list": return try ListVerb.main(words, invocation)
        case "ps": return try PsVerb.main(words, invocation)
        case "pause": return try PauseVerb.main(words, invocation)
        case "resume": return try ResumeVerb.main(words, invocation)
        case "update": return try UpdateVerb.main(words, invocation)
        case "events": return try EventsVerb.main(words, invocation)
        case "spec": return try SpecVerb.main(words, invocation)
        case "features": return try FeaturesVerb.main(words, invocation)
        case "checkpoint": return try CheckpointVerb.main(words, invocation)
        case "restore": return try RestoreVerb.main(words, invocation)
        default: return try others.run(verb, words, invocation)
        }
    }
}
