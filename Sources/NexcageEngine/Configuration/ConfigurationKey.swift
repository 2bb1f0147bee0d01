internal import Logging
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// One key of the configuration file: its place, its type, its meaning, and how it gets into a ``Configuration``.
///
/// The table ``all`` is what the file is read by, what an unknown key is compared with, and what docs/configuration.md and
/// the JSON schema are made from.
public struct ConfigurationKey: Sendable {
    /// The place in the file, `section.key`.
    public let path: String
    /// What the value has to be.
    public let type: ValueType
    /// One sentence for docs/configuration.md.
    public let help: String
    /// The value that counts when nothing is configured, as it is shown in the documentation.
    public let fallback: String
    let apply: @Sendable (inout Configuration, JSONValue) throws(NexcageError) -> Void

    /// The JSON types that keys have.
    public enum ValueType: String, Sendable {
        case string
        case integer
        case array
        case object
    }

    init(
        _ path: String, _ type: ValueType, default fallback: String, _ help: String,
        _ apply: @escaping @Sendable (inout Configuration, JSONValue) throws(NexcageError) -> Void
    ) {
        self.path = path
        self.type = type
        self.fallback = fallback
        self.help = help
        self.apply = apply
    }

    /// A key whose value is a string.
    static func string(
        _ path: String, default fallback: String, _ help: String,
        _ apply: @escaping @Sendable (inout Configuration, String) throws(NexcageError) -> Void
    ) -> ConfigurationKey {
        ConfigurationKey(path, .string, default: fallback, help) { (configuration, value) throws(NexcageError) in
            guard let text = value.string else { throw NexcageError(.invalid, "expected a string") }
            try apply(&configuration, text)
        }
    }

    /// The name of the environment variable that sets it, `NEXCAGE_RUNTIME_LOG_LEVEL`; only plain values have one.
    public var environmentName: String? {
        guard type == .string || type == .integer else { return nil }
        return "NEXCAGE_" + path.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }
}
