/// Why a JSON document was refused, and where.
///
/// The description reads like `line 12, column 5: "process.args": expected an array, found a string`; the caller adds the
/// name of the file.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Line of the offending byte, counted from 1.
    public let line: Int
    /// Column of the offending byte in Unicode scalars, counted from 1.
    public let column: Int
    /// Path of member names and array indices to the value, such as `mounts[2].destination`; empty at the top.
    public let keyPath: String
    /// What is wrong, in lower case and without a full stop.
    public let message: String

    /// Makes an error; parsers get theirs from ``JSONReader/error(_:)``, which knows the place.
    public init(line: Int, column: Int, keyPath: String, message: String) {
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.message = message
    }

    /// The whole sentence: place, key path (when there is one) and message.
    public var description: String {
        let place = "line \(line), column \(column): "
        return keyPath.isEmpty ? place + message : place + "\"\(keyPath)\": " + message
    }
}
