extension JSONReader {
    /// The version of index and manifest, of which only 2 is known.
    mutating func schemaVersion() throws(JSONError) -> Int64 {
        skipWhitespace()
        let start = position
        let version: Int64 = try integer()
        guard version == 2 else { throw error("schema version \(version) is not supported, expected 2", at: start) }
        return version
    }

    /// The type of the document itself, which must not be that of another kind of document.
    mutating func mediaType(of kind: MediaType.Kind, _ what: StaticString) throws(JSONError) -> MediaType {
        skipWhitespace()
        let start = position
        let type: MediaType = try value()
        guard type.kind == kind else {
            throw error("\(type.rawValue.quoted) is not the media type of \(what)", at: start)
        }
        return type
    }
}
