internal import NexcageSystem

/// The program: words on a command line to one engine call, and its result to an exit code.
///
/// Everything here is synchronous and on one thread, because libcrun forks in this process (docs/adr/0001).
enum CommandLineProgram {
    /// Runs one command line.
    ///
    /// - Parameter words: argv, the program's own name first.
    /// - Returns: the exit code (docs/exit-codes.md).
    static func run(_ words: [String]) -> Int32 {
        var invocation: Invocation?
        var verb: String?
        do throws(NexcageError) {
            let global = try GlobalOptions(words.dropFirst())
            verb = global.arguments.rest.first
            if global.arguments.has("version") { return try Version.print() }
            guard let verb, !global.arguments.has("help") else { return try Help.print(global.arguments.rest) }
            // An error in the configuration must not keep anybody from the help.
            if verb == "help" || verb == "version" { return try Help.answer(verb, global.arguments.rest.dropFirst()) }
            let made = try Invocation(global)
            invocation = made
            return try dispatch(verb, global.arguments.rest.dropFirst(), made)
        } catch {
            ErrorReport.write(error, invocation)
            let answersForContainer = verb == "run" || verb == "exec"
            return answersForContainer ? error.code.exitStatusOfRun : error.code.exitStatus
        }
    }

    private static func dispatch(
        _ verb: String, _ words: ArraySlice<String>, _ invocation: Invocation
    ) throws(NexcageError) -> Int32 {
        let asksForHelp = words.first == "--help" || words.first == "-h"
        switch verb {
        case "create" where asksForHelp, "run" where asksForHelp: return try Help.answer("help", [verb])
        case "create":
            return try BundleOrImage.isBundle(words, CreateVerb.spec)
                ? try CreateVerb.main(words, invocation) : try ManagerCommand.run(verb, words, invocation)
        case "run":
            return try BundleOrImage.isBundle(words, RunVerb.spec)
                ? try RunVerb.main(words, invocation) : try ManagerCommand.run(verb, words, invocation)
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
        default: return try ManagerCommand.run(verb, words, invocation)
        }
    }
}
