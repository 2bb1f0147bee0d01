public import SystemPackage

/// The one error type of nexcage: what went wrong, as a sentence from the caller's side.
///
/// `description` is one line, in lower case, without a full stop, with the object in quotes and the next
/// step where one is known. Layers add what they were doing with ``wrapped(_:)``, so that the line reads from
/// the outside in: `create container "web": open "/b/config.json": no such file or directory`.
public struct NexcageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is; decides the exit code (``ErrorCode/exitStatus``).
    public let code: ErrorCode
    /// The innermost sentence.
    public let message: String
    /// What was being done, outermost first.
    public private(set) var context: [String]

    /// Whether somebody else has said it on standard error already.
    public private(set) var isReported = false

    /// Makes an error that has no context yet.
    public init(_ code: ErrorCode, _ message: String) {
        self.code = code
        self.message = message
        context = []
    }

    /// The whole line: context and message, joined by colons.
    public var description: String {
        (context + [message]).joined(separator: ": ")
    }

    /// The same error, with `activity` put in front.
    public func wrapped(_ activity: String) -> NexcageError {
        var copy = self
        copy.context.insert(activity, at: 0)
        return copy
    }

    /// The same error, which a program has already told on the standard error that it shares with us.
    public func reported() -> NexcageError {
        var copy = self
        copy.isReported = true
        return copy
    }

    /// The same error, whose first teller's words have gone where nobody looks for them.
    public func untold() -> NexcageError {
        var copy = self
        copy.isReported = false
        return copy
    }

    /// The same error with a second failure, one that happened while the first was being undone, told behind it.
    public func alsoFailing(_ second: NexcageError) -> NexcageError {
        var copy = NexcageError(code, "\(message) (and undoing it failed: \(second))")
        copy.context = context
        return copy
    }

    /// An error of a system call: `open "/x": no such file or directory`.
    ///
    /// - Parameters:
    ///   - call: the call or activity, in a caller's words.
    ///   - object: what it was applied to; quoted and escaped when shown.
    ///   - errno: the error number that the call left.
    public static func system(_ call: String, _ object: String? = nil, _ errno: Errno) -> NexcageError {
        let activity = object.map { "\(call) \(quoted($0))" } ?? call
        return NexcageError(ErrorCode(errno), "\(activity): \(errno.sentence)")
    }

    /// ``system(_:_:_:)-(_,String?,_)`` for a path, whose bytes need not be UTF-8.
    public static func system(_ call: String, _ path: FilePath, _ errno: Errno) -> NexcageError {
        system(call, path.string, errno)
    }
}

/// `text` in double quotes, with quotes, backslashes and every byte below 0x20 escaped, so that no name can add a line
/// to a message or a log.
public func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": out += "\\\(scalar)"
        case "\n": out += "\\n"
        case "\t": out += "\\t"
        case "\r": out += "\\r"
        default:
            if scalar.value < 0x20 || scalar.value == 0x7F {
                let hex = String(scalar.value, radix: 16)
                out += "\\x" + (hex.count == 1 ? "0" : "") + hex
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
    }
    return out + "\""
}
