/// Any JSON value as a tree, for documents whose members are not known beforehand.
public indirect enum JSONValue: Equatable, Sendable {
    /// null
    case null
    /// true or false
    case bool(Bool)
    /// An integer that fits 64 signed bits.
    case integer(Int64)
    /// An integer above `Int64.max`.
    case unsigned(UInt64)
    /// Any other number.
    case double(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// The members of an object in the order of the document, each name once.
    case object([JSONMember])

    /// The value of the member with this name; nil when there is none or the value is not an object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The string, nil when the value is of another kind.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The integer, nil when the value is of another kind or does not fit.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The flag, nil when the value is of another kind.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, nil when the value is of another kind.
    public var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, nil when the value is of another kind.
    public var object: [JSONMember]? {
        guard case .object(let value) = self else { return nil }
        return value
    }
}
