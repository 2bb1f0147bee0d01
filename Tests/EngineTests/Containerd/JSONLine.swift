import OCISpec

/// One line of a JSON log.
enum JSONLine {
    /// The member `level` of a line.
    static func level(_ line: Substring?) throws -> String? {
        guard let line else { return nil }
        return try JSONValue.decode(Array(line.utf8))["level"]?.string
    }
}
