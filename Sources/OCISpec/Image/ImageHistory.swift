/// How one layer of an image came about.
public struct ImageHistory: Equatable, Sendable {
    /// When the layer was made, RFC 3339.
    public var created: String?
    /// The command.
    public var createdBy: String?
    /// Who made the layer.
    public var author: String?
    /// A remark.
    public var comment: String?
    /// Whether the step made no layer.
    public var emptyLayer = false

    /// An entry that says nothing.
    public init() {}
}

extension ImageHistory: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "created": created = try reader.value()
            case "created_by": createdBy = try reader.value()
            case "author": author = try reader.value()
            case "comment": comment = try reader.value()
            case "empty_layer": emptyLayer = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("created", created)
        writer.member("created_by", createdBy)
        writer.member("author", author)
        writer.member("comment", comment)
        writer.member("empty_layer", ifTrue: emptyLayer)
        writer.endObject()
    }
}
