internal import NexcageSystem

/// Tells from a runtime's message that the user's program is missing or cannot be run: runtimes have no other way to say it,
/// and engines read the same words.
enum ProgramFailure {
    /// `commandNotFound`, `notExecutable`, or nil if the message speaks of something else.
    static func code(of message: String) -> ErrorCode? {
        let text = message.lowercased()
        guard text.contains("exec") else { return nil }
        if text.contains("permission denied") || text.contains("is a directory") || text.contains("exec format error") {
            return .notExecutable
        }
        // libcrun's word for a directory.
        if text.contains("open executable: operation not permitted") { return .notExecutable }
        if text.contains("no such file or directory") || text.contains("not found") { return .commandNotFound }
        return nil
    }
}
