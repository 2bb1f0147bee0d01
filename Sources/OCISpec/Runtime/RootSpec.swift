/// The container's root file system (config.md, "Root").
public struct RootSpec: Equatable, Sendable {
    /// Path of the root on the host, absolute or relative to the bundle.
    public var path: String
    /// Whether the root is mounted read-only.
    public var readonly: Bool

    /// Makes a root.
    public init(path: String, readonly: Bool = false) {
        self.path = path
        self.readonly = readonly
    }
}

extension RootSpec: JSONDecodable, JSONEncodable {
    /// Reads a root; one without a path is left to ``RuntimeSpec/validate()``.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init(path: "")
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "path": path = try reader.value()
            case "readonly": readonly = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the root.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("path", path)
        writer.member("readonly", ifTrue: readonly)
        writer.endObject()
    }
}
