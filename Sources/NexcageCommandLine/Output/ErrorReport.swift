internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// Tells people and engines what went wrong: one line on stderr, and one of level error in the log if there is one.
enum ErrorReport {
    /// Reports an error of a verb.
    ///
    /// - Parameter context: nil if the command line did not allow to make one.
    static func write(_ error: NexcageError, _ context: Context?) {
        if let context, context.configuration.logPath != nil || context.configuration.logFormat == .json {
            context.logger.error(
                "\(error)",
                metadata: context.configuration.logFormat == .json ? ["code": "\(error.code.rawValue)"] : nil)
            // With JSON on stderr the engine reads the line that was just written there.
            guard context.configuration.logPath != nil else { return }
        }
        // An error that came with a second one, while it was undone, is a new one and not reported yet.
        if !error.isReported { writeLine("nexcage: \(error)") }
    }

    /// Writes a message for people.
    static func writeLine(_ text: String) {
        do throws(NexcageError) {
            try FileDescriptor.standardError.writeAll(Array((text + "\n").utf8), name: "standard error")
        } catch {
            // There is no place left to say it.
        }
    }
}
