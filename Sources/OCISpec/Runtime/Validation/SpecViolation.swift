/// One way in which a configuration breaks the runtime specification.
public struct SpecViolation: Equatable, Sendable, CustomStringConvertible {
    /// Path of the member, such as `process.rlimits[1].type`.
    public let keyPath: String
    /// What is wrong with it, in lower case and without a full stop.
    public let message: String
    /// Page and section that says so, such as `config.md, "Process"`.
    public let section: String

    /// The whole sentence: `process.cwd: "tmp" is not an absolute path (config.md, "Process")`.
    public var description: String {
        "\(keyPath): \(message) (\(section))"
    }
}
