/// Priority for disk time (ioprio_set(2)).
public struct IOPrioritySpec: Equatable, Sendable {
    /// Class, such as `IOPRIO_CLASS_BE`; `class` in the document.
    public var ioClass: String
    /// Priority in the class, 0 (first) to 7.
    public var priority: Int32

    /// Takes the members; those that may be absent may be left out.
    public init(ioClass: String, priority: Int32) {
        self.ioClass = ioClass
        self.priority = priority
    }
}

extension IOPrioritySpec: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var ioClass: String?
        var priority: Int32?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "class": ioClass = try reader.value()
            case "priority": priority = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            ioClass: try reader.required(ioClass, "class", at: start),
            priority: try reader.required(priority, "priority", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("class", ioClass)
        writer.member("priority", priority)
        writer.endObject()
    }
}
