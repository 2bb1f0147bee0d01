internal import NexcageSystem
internal import OCISpec

extension JSONDecodable {
    /// Reads a whole document that came with an image.
    ///
    /// - Parameter name: what the document is called in an error.
    /// - Throws: `invalid` with line, column and member.
    static func parse(_ bytes: [UInt8], _ name: @autoclosure () -> String) throws(NexcageError) -> Self {
        do throws(JSONError) {
            return try decode(bytes)
        } catch {
            throw NexcageError(.invalid, "\(name()): \(shown(error.description))")
        }
    }

    /// Names and values in the message come from the document: nothing in them may break the line.
    private static func shown(_ message: String) -> String {
        String(message.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
    }
}
