internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// Tells people and engines what went wrong: one line on stderr, and one of level error in the log if there is one.
enum ErrorReport {
    /// Reports an error of a verb.
    ///
    /// - Parameter invocation: nil if the command line or the configuration did not allow to make one.
    static func write(_ error: NexcageError, _ invocation: Invocation?) {
        let configuration = invocation?.engine.context.configuration
        if let configuration, configuration.logPath != nil || configuration.logFormat == .json {
            invocation?.engine.context.logger.error(
                "\(error)", metadata: configuration.logFormat == .json ? ["code": "\(error.code.rawValue)"] : nil)
            // With JSON on stderr the engine reads the line that was just written there.
            guard configuration.logPath != nil else { return }
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
