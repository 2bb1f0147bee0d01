extension JSONWriter {
    /// Writes a member.
    public mutating func member<Value: JSONEncodable>(_ name: String, _ value: Value) {
        key(name)
        value.encode(to: &self)
    }

    /// Writes a member that is left out when there is no value.
    public mutating func member<Value: JSONEncodable>(_ name: String, _ value: Value?) {
        guard let value else { return }
        key(name)
        value.encode(to: &self)
    }

    /// Writes a list that is left out when it is empty.
    public mutating func member<Element: JSONEncodable>(_ name: String, unlessEmpty list: [Element]) {
        guard !list.isEmpty else { return }
        member(name, list)
    }

    /// Writes a map that is left out when it is empty.
    public mutating func member<Value: JSONEncodable>(_ name: String, unlessEmpty map: [String: Value]) {
        guard !map.isEmpty else { return }
        member(name, map)
    }

    /// Writes a flag that is left out when it is false.
    public mutating func member(_ name: String, ifTrue flag: Bool) {
        guard flag else { return }
        member(name, true)
    }
}
