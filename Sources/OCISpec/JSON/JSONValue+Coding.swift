extension JSONValue: JSONDecodable, JSONEncodable {
    /// Reads any value; of two members with one name the last wins, at the place of the first.
    public init(json reader: inout JSONReader) throws(JSONError) {
        reader.skipWhitespace()
        switch reader.current {
        case UInt8(ascii: "{"): self = .object(try Self.members(&reader))
        case UInt8(ascii: "["): self = .array(try reader.value())
        case UInt8(ascii: "\""): self = .string(try reader.string())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool(try reader.bool())
        case UInt8(ascii: "n"):
            try reader.null()
            self = .null
        default: self = try Self.number(&reader)
        }
    }

    private static func members(_ reader: inout JSONReader) throws(JSONError) -> [JSONMember] {
        var members: [JSONMember] = []
        // An index beside the list keeps an object of many names linear.
        var places: [String: Int] = [:]
        try reader.beginObject()
        while let key = try reader.nextKeyOrNull() {
            let member = JSONMember(key.name, try JSONValue(json: &reader))
            if let place = places[member.name] {
                members[place] = member
            } else {
                places[member.name] = members.count
                members.append(member)
            }
        }
        return members
    }

    private static func number(_ reader: inout JSONReader) throws(JSONError) -> JSONValue {
        let start = reader.position
        let raw = try reader.scanNumber(expected: "a value")
        if let magnitude = raw.magnitude {
            if !raw.isNegative {
                return Int64(exactly: magnitude).map(JSONValue.integer) ?? .unsigned(magnitude)
            }
            if magnitude <= Int64.min.magnitude {
                return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
            }
        }
        reader.position = start
        return .double(try reader.double())
    }

    /// Writes the value with its members in order.
    public func encode(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .unsigned(let value): writer.integer(value)
        case .double(let value): writer.double(value)
        case .string(let value): writer.string(value)
        case .array(let elements): elements.encode(to: &writer)
        case .object(let members):
            writer.beginObject()
            for member in members { writer.member(member.name, member.value) }
            writer.endObject()
        }
    }
}
