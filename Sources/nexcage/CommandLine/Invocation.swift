internal import Logging
internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// What a verb has at hand: an engine, and what the flags before the verb said.
struct Invocation {
    let engine: Engine
    /// What `--runtime` said.
    let runtime: RuntimeChoice?
    /// Whether `--systemd-cgroup` was given.
    let systemdCgroup: Bool

    init(_ global: GlobalOptions) throws(NexcageError) {
        let configuration = try global.configuration()
        runtime = try global.runtime()
        systemdCgroup = global.arguments.has("systemd-cgroup")
        engine = Engine(Context(configuration: configuration, logger: try Self.logger(configuration)))
    }

    private static func logger(_ configuration: Configuration) throws(NexcageError) -> Logger {
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
