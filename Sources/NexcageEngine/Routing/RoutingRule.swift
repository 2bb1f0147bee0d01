internal import Glibc
public import NexcageRuntime
public import NexcageSystem

/// One line of the routing table: a pattern on the container's name, and the backend for names that match.
///
/// A pattern is a glob (glob(7): `*`, `?`, `[a-z]`). One that begins with `^` or ends with `$`, as the configuration of
/// nexcage's predecessor had them, is an extended regular expression (regex(7)).
public struct RoutingRule: Sendable, Equatable {
    /// The pattern as written.
    public let pattern: String
    /// The backend's word, or `auto`.
    public let runtime: RuntimeChoice

    /// A rule.
    ///
    /// - Throws: `invalid` if the pattern is empty or is no regular expression.
    public init(pattern: String, runtime: RuntimeChoice) throws(NexcageError) {
        self.pattern = pattern
        self.runtime = runtime
        guard !pattern.isEmpty else { throw NexcageError(.invalid, "a routing pattern may not be empty") }
        if isRegularExpression { _ = try matchesExpression("") }
    }

    /// A rule of our own, whose glob is known to be good.
    init(glob pattern: StaticString, to backend: BackendName) {
        self.pattern = pattern.description
        runtime = .named(backend)
    }

    /// Whether a name falls under the rule.
    public func matches(_ name: String) -> Bool {
        guard isRegularExpression else { return fnmatch(pattern, name, 0) == 0 }
        // The initializer has compiled the expression, so it cannot fail here.
        return (try? matchesExpression(name)) ?? false
    }

    private var isRegularExpression: Bool { pattern.hasPrefix("^") || pattern.hasSuffix("$") }

    private func matchesExpression(_ name: String) throws(NexcageError) -> Bool {
        var expression = regex_t()
        let failure = regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB)
        defer { regfree(&expression) }
        guard failure == 0 else {
            var text = [CChar](repeating: 0, count: 256)
            regerror(failure, &expression, &text, text.count)
            let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw NexcageError(.invalid, "routing pattern \(quoted(pattern)): \(reason)")
        }
        return regexec(&expression, name, 0, nil, 0) == 0
    }
}

/// What may stand where a backend is chosen: its name, or `auto`.
public enum RuntimeChoice: Sendable, Equatable, CustomStringConvertible {
    /// nexcage decides by what the host is.
    case automatic
    /// This backend and no other.
    case named(BackendName)

    /// Reads a word; `lxc`, `vm` and their like are names whose backends may be missing, never silently something else.
    public init(_ word: String) throws(NexcageError) {
        self = word == "auto" ? .automatic : .named(try BackendName(word))
    }

    /// The word.
    public var description: String {
        switch self {
        case .automatic: "auto"
        case .named(let name): name.description
        }
    }
}
