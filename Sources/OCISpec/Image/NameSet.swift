/// A set of names that JSON writes as an object with empty values, `{"80/tcp":{}}`, in the order of the document.
public struct NameSet: Equatable, Sendable, ExpressibleByArrayLiteral {
    /// The names, each once.
    public private(set) var names: [String]

    /// Keeps the first of equal names.
    public init(_ names: [String] = []) {
        var seen: Set<String> = []
        self.names = names.filter { seen.insert($0).inserted }
    }

    /// Makes a set from a literal.
    public init(arrayLiteral names: String...) {
        self.init(names)
    }
}

extension NameSet: JSONDecodable, JSONEncodable {
    /// Reads the names; what their values are does not matter.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var names: [String] = []
        try reader.beginObject()
        while let key = try reader.nextKeyOrNull() {
            names.append(key.name)
            try reader.skip()
        }
        self.init(names)
    }

    /// Writes the names with empty objects as values.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        for name in names {
            writer.key(name)
            writer.beginObject()
            writer.endObject()
        }
        writer.endObject()
    }
}
