public import Logging

/// How log lines look.
public enum LogFormat: String, Sendable, CaseIterable {
    /// `time="…" level=error msg="…"`, as runc prints it.
    case text
    /// `{"level":"error","msg":"…","time":"…"}`, one a line, as containerd and conmon parse it.
    case json

    /// One line, with its newline.
    func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, at time: Timestamp) -> String {
        switch self {
        case .text:
            let extra = Self.sorted(metadata).map { " \($0.key)=\(quoted($0.value))" }.joined()
            return "time=\"\(time)\" level=\(level.engineName) msg=\(quoted(message))\(extra)\n"
        case .json:
            let extra = Self.sorted(metadata).map { ",\(jsonString($0.key)):\(jsonString($0.value))" }.joined()
            let head = "{\"level\":\"\(level.engineName)\",\"msg\":\(jsonString(message))"
            return "\(head),\"time\":\"\(time)\"\(extra)}\n"
        }
    }

    private static func sorted(_ metadata: Logger.Metadata) -> [(key: String, value: String)] {
        metadata.map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key }
    }
}

extension Logger.Level {
    /// The word that runc's log has for it; containerd looks for `error`.
    var engineName: String {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warning"
        case .error: "error"
        case .critical: "fatal"
        }
    }

    /// The level that `--log-level` names: the words of runc, of crun and of swift-log.
    ///
    /// - Throws: `usage`, naming the words.
    public init(named word: String) throws(NexcageError) {
        switch word.lowercased() {
        case "trace": self = .trace
        case "debug": self = .debug
        case "info": self = .info
        case "notice": self = .notice
        case "warn", "warning": self = .warning
        case "error": self = .error
        case "fatal", "critical", "panic": self = .critical
        default:
            throw NexcageError(
                .usage, "unknown log level \(quoted(word)); the levels are debug, info, warning, error and fatal")
        }
    }
}

/// `text` as a JSON string. This target knows no other JSON, and a log line must not need more.
private func jsonString(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": out += "\\\(scalar)"
        case "\n": out += "\\n"
        case "\t": out += "\\t"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}
