internal import Logging
internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// The flags before the verb, which every verb has.
package struct GlobalOptions {
    package static let options: [OptionSpec] = [
        .value("root", nil, "DIR", "state root of this engine's containers (default /run/nexcage)"),
        .value("log", nil, "FILE", "append log lines to FILE"),
        .value("log-format", nil, "FORMAT", "text or json"),
        .value("log-level", nil, "LEVEL", "debug, info, warning, error or fatal"),
        .flag("debug", nil, "the same as --log-level debug"),
        .flag("systemd-cgroup", nil, "let systemd manage the control groups"),
        .value("config", nil, "FILE", "read FILE instead of /etc/nexcage/config.json"),
        .value("runtime", nil, "NAME", "use this backend, whatever the routing rules say"),
        .value("rootless", nil, "WHEN", "true, false or auto (accepted for runc's callers)"),
        .flag("help", "h", "show help"),
        .flag("version", "v", "show the version"),
    ]

    let arguments: ParsedArguments

    /// The words before the verb, as they were given.
    var words: [String] { Array(allWords.dropLast(arguments.rest.count)) }

    private let allWords: ArraySlice<String>

    init(_ words: ArraySlice<String>) throws(NexcageError) {
        allWords = words
        arguments = try ParsedArguments(words, options: Self.options, stopsAtOperand: true, subject: "nexcage")
        if let rootless = arguments.string("rootless"), !["true", "false", "auto"].contains(rootless) {
            throw NexcageError(.usage, "invalid value \(quoted(rootless)) for flag --rootless: true, false or auto")
        }
    }

    /// The configuration with these flags over file and environment.
    func configuration() throws(NexcageError) -> Configuration {
        var configuration = try Configuration.load(from: try arguments.path("config"))
        try apply(to: &configuration)
        return configuration
    }

    private func apply(to configuration: inout Configuration) throws(NexcageError) {
        if let root = try arguments.path("root") { configuration.stateRoot = root }
        if let log = try arguments.path("log") { configuration.logPath = log }
        if let word = arguments.string("log-format") {
            guard let format = LogFormat(rawValue: word) else {
                throw NexcageError(.usage, "unknown log format \(quoted(word)); the formats are text and json")
            }
            configuration.logFormat = format
        }
        if let word = arguments.string("log-level") { configuration.logLevel = try Logger.Level(named: word) }
        if arguments.has("debug") { configuration.logLevel = .debug }
    }

    /// The default configuration with these flags over it, to report an error in the configuration with; nil where the
    /// flags are wrong themselves.
    func configurationForErrors() -> Configuration? {
        var configuration = Configuration()
        do throws(NexcageError) { try apply(to: &configuration) } catch { return nil }
        return configuration
    }

    /// What `--runtime` says.
    func runtime() throws(NexcageError) -> RuntimeChoice? {
        guard let word = arguments.string("runtime") else { return nil }
        do throws(NexcageError) {
            return try RuntimeChoice(word)
        } catch {
            throw NexcageError(.usage, error.description)
        }
    }
}
