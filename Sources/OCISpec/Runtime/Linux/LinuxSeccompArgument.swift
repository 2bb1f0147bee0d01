/// A condition on one argument of a system call.
public struct LinuxSeccompArgument: Equatable, Sendable {
    /// Which argument, 0 to 5.
    public var index: UInt32
    /// The value to compare with.
    public var value: UInt64
    /// Second value, for `SCMP_CMP_MASKED_EQ`.
    public var valueTwo: UInt64?
    /// Comparison, such as `SCMP_CMP_EQ`.
    public var op: String

    /// Takes the members; those that may be absent may be left out.
    public init(index: UInt32, value: UInt64, valueTwo: UInt64? = nil, op: String) {
        self.index = index
        self.value = value
        self.valueTwo = valueTwo
        self.op = op
    }
}

extension LinuxSeccompArgument: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var index: UInt32?
        var value: UInt64?
        var op: String?
        var valueTwo: UInt64?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "index": index = try reader.value()
            case "value": value = try reader.value()
            case "valueTwo": valueTwo = try reader.value()
            case "op": op = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            index: try reader.required(index, "index", at: start),
            value: try reader.required(value, "value", at: start),
            valueTwo: valueTwo,
            op: try reader.required(op, "op", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("index", index)
        writer.member("value", value)
        writer.member("valueTwo", valueTwo)
        writer.member("op", op)
        writer.endObject()
    }
}
