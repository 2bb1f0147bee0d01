public import NexcageSystem

/// One variable of a container's environment.
public struct EnvironmentVariable: Sendable, Hashable, CustomStringConvertible {
    /// The name: not empty, without `=`.
    public let name: String
    /// The value; it may be empty and may hold line breaks.
    public let value: String

    /// A variable whose name and value are known to be sound.
    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Parses `NAME=VALUE`.
    ///
    /// - Throws: `invalid` if there is no `=`, if the name is empty or has a byte below 0x20, or if the value holds a NUL
    ///   byte, which would cut it off.
    public init(parsing text: String) throws(NexcageError) {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals != text.startIndex else {
            throw NexcageError(.invalid, "environment variable \(quoted(text)): expected NAME=VALUE")
        }
        name = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
        guard !name.utf8.contains(where: { $0 < 0x20 }), !value.utf8.contains(0) else {
            throw NexcageError(.invalid, "environment variable \(quoted(text)): control characters are not allowed")
        }
    }

    /// `NAME=VALUE`
    public var description: String { "\(name)=\(value)" }
}

/// The variables of an environment, each name once, in the order in which the names first came.
struct ContainerEnvironment {
    private(set) var variables: [EnvironmentVariable] = []

    subscript(name: String) -> String? {
        variables.first { $0.name == name }?.value
    }

    /// Sets a variable; one of the same name keeps its place and gets the new value.
    mutating func set(_ variable: EnvironmentVariable) {
        if let index = variables.firstIndex(where: { $0.name == variable.name }) {
            variables[index] = variable
        } else {
            variables.append(variable)
        }
    }

    /// Sets a variable that is not there yet.
    mutating func setDefault(_ name: String, _ value: String) {
        if self[name] == nil { variables.append(EnvironmentVariable(name, value)) }
    }
}
