internal import Logging
package import NexcageEngine
package import NexcageSystem
internal import SystemPackage

/// What a verb has at hand: an engine, and what the flags before the verb said.
package struct Invocation {
    package let engine: Engine
    /// What `--runtime` said.
    package let runtime: RuntimeChoice?
    /// Whether `--systemd-cgroup` was given.
    package let systemdCgroup: Bool

    private let globalWords: [String]

    init(_ global: GlobalOptions, _ others: any OtherVerbs.Type) throws(NexcageError) {
        let configuration = try global.configuration()
        globalWords = global.words
        runtime = try global.runtime()
        systemdCgroup = global.arguments.has("systemd-cgroup")
        var context = Context(configuration: configuration, logger: try Self.logger(configuration))
        context.loadsLibraries = others.loadsLibraries
        engine = Engine(context)
    }

    /// The command line that calls this program again, with the same global flags.
    package func commandLine(_ words: [String]) throws(NexcageError) -> [String] {
        [try ProcessImage.path().string] + globalWords + words
    }

    /// Whether a verb calls a library that is loaded only when it is used: CRIU's or systemd's.
    func needsLibraries(_ verb: String) -> Bool {
        systemdCgroup || verb == "checkpoint" || verb == "restore"
    }

    static func logger(_ configuration: Configuration) throws(NexcageError) -> Logger {
        let handler: DescriptorLogHandler
        if let path = configuration.logPath {
            handler = try DescriptorLogHandler(
                appendingTo: path, format: configuration.logFormat, level: configuration.logLevel)
        } else {
            handler = DescriptorLogHandler(
                .standardError, format: configuration.logFormat, level: configuration.logLevel)
        }
        return Logger(label: "nexcage") { _ in handler }
    }
}
