import Glibc
import NexcageSystem
import SystemPackage

/// Judges one runtime and prints each result as it comes.
///
/// - Returns: whether all is as expected.
func printTAP(_ options: Options, _ runtime: RuntimeUnderTest) throws -> Bool {
    var report = try TAPReport(runtime, options.cases.count, try KnownFailures(options.known, for: runtime))
    try CaseRunner(runtime: runtime, jobs: options.jobs).run(options.cases) { try report.add($0, $1) }
    return try report.end()
}

/// Judges every runtime and prints one table.
func printMarkdown(_ options: Options) throws {
    var report = MarkdownReport(options.cases)
    for runtime in options.runtimes {
        var results: [CaseResult] = []
        try CaseRunner(runtime: runtime, jobs: options.jobs).run(options.cases) { results.append($1) }
        report.add(runtime, try KnownFailures(options.known, for: runtime), results)
    }
    try report.printAll()
}

func run(_ words: [String]) throws -> Bool {
    let options = try Options(words)
    if options.lists {
        for item in options.cases { try say("\(item.id)\t\(item.section)\t\(item.title)") }
        return true
    }
    if options.format == .markdown {
        try printMarkdown(options)
        return true
    }
    var succeeded = true
    for runtime in options.runtimes where try !printTAP(options, runtime) { succeeded = false }
    return succeeded
}

do {
    exit(try run(Array(CommandLine.arguments.dropFirst())) ? 0 : 1)
} catch let error as NexcageError {
    let help = error.code == .usage ? "\n\(Options.usage)" : ""
    try FileDescriptor.standardError.writeAll(
        Array("nexcage-conformance: \(error.message)\(help)\n".utf8), name: "standard error")
    exit(error.code == .usage ? 2 : 1)
}
