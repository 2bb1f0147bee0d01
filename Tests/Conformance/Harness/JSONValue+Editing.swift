public import OCISpec

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByUnicodeScalarLiteral,
    ExpressibleByExtendedGraphemeClusterLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// true or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object with its members in the order in which they are written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}

extension JSONValue {
    /// Sets or removes the member at the end of a path of names; objects on the way are made.
    mutating func set(_ path: ArraySlice<String>, to value: JSONValue?) {
        guard let name = path.first else { return }
        var members = object ?? []
        let index = members.firstIndex { $0.name == name }
        var member = index.map { members[$0].value } ?? .object([])
        if path.count == 1 {
            guard let value else {
                members.removeAll { $0.name == name }
                self = .object(members)
                return
            }
            member = value
        } else {
            member.set(path.dropFirst(), to: value)
        }
        if let index { members[index].value = member } else { members.append(JSONMember(name, member)) }
        self = .object(members)
    }
}
