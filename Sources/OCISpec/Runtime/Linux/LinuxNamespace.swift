/// A namespace to create or to join.
public struct LinuxNamespace: Equatable, Sendable {
    /// The kind, `type` in the document.
    public var kind: LinuxNamespaceKind
    /// Path of a namespace to join; absent, a new one is created.
    public var path: String?

    /// Makes a namespace to create, or with a path one to join.
    public init(_ kind: LinuxNamespaceKind, path: String? = nil) {
        self.kind = kind
        self.path = path
    }
}

extension LinuxNamespace: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when `type` is missing. An empty path means that there is none.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var kind: LinuxNamespaceKind?
        var path: String?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "type": kind = try reader.value()
            case "path": path = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(try reader.required(kind, "type", at: start), path: path == "" ? nil : path)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", kind)
        writer.member("path", path)
        writer.endObject()
    }
}
