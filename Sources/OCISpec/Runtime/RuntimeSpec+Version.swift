extension RuntimeSpec {
    /// A configuration as it stands, with another `ociVersion`: for a runtime that refuses the number of a document whose
    /// members it knows.
    ///
    /// Reads no further than that member, which engines write first. Of two, the first is replaced.
    public static func replacingVersion(in document: [UInt8], with version: String) throws(JSONError) -> [UInt8] {
        let place = try document.withUnsafeBufferPointer { (bytes) throws(JSONError) -> Range<Int>? in
            var reader = JSONReader(bytes)
            try reader.beginObject()
            while let key = try reader.nextKey() {
                let start = reader.offset
                guard case "ociVersion" = key else {
                    try reader.skip()
                    continue
                }
                _ = try reader.string()
                return start..<reader.offset
            }
            return nil
        }
        guard let place else { return document }
        var result = document
        result.replaceSubrange(place, with: "\"\(version)\"".utf8)
        return result
    }
}
